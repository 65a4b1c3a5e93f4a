(() => {
  const all = (selector, act) => document.querySelectorAll(selector).forEach(act);
  if (navigator.clipboard) all(".copy", (button) => {
    const label = button.textContent;
    button.hidden = false;
    button.onclick = () => navigator.clipboard.writeText(button.previousElementSibling.textContent).then(() => {
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  });
  const filter = document.getElementById("filter");
  if (!filter) return;
  const found = document.getElementById("found");
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  filter.parentElement.hidden = false;
  filter.oninput = () => {
    const wanted = plain(filter.value.trim());
    let shown = 0;
    all(".list section", (section) => {
      let here = 0;
      section.querySelectorAll("li").forEach((item) => {
        item.hidden = !plain(item.firstElementChild.textContent).includes(wanted);
        here += !item.hidden;
      });
      section.hidden = !here;
      shown += here;
    });
    found.textContent = wanted ? String(shown) : "";
  };
})();
