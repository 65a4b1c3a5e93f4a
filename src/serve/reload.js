(() => {
  let seen;
  const show = (problem) => {
    let box = document.getElementById("feedloom-problem");
    if (!problem) {
      if (box) box.remove();
      return;
    }
    if (!box) {
      box = document.createElement("pre");
      box.id = "feedloom-problem";
      box.setAttribute("role", "alert");
      Object.assign(box.style, {
        position: "fixed", inset: "auto 0 0 0", zIndex: "2147483647", margin: "0", padding: "1rem", maxHeight: "60vh", overflow: "auto",
        whiteSpace: "pre-wrap", font: "14px/1.5 ui-monospace, monospace", background: "#2b0b0b", color: "#ffe3e3", borderTop: "4px solid #e03131",
      });
      document.body.append(box);
    }
    box.textContent = problem;
  };
  new EventSource("/.feedloom/events").onmessage = (message) => {
    const state = JSON.parse(message.data);
    if (seen !== undefined && seen !== state.generation) {
      location.reload();
      return;
    }
    seen = state.generation;
    show(state.problem);
  };
})();
