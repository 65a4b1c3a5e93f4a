// See check-pages, which calls this: node pages.cjs BROWSER FOLDER PICTURES
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const puppeteer = require("puppeteer-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [browser, folder, pictures] = process.argv.slice(2);
const TYPES = { ".html": "text/html; charset=utf-8", ".xml": "application/xml", ".json": "application/json", ".opml": "text/x-opml" };
const KINDS = [
  { name: "light", width: 1280, height: 900, scheme: "light" },
  { name: "dark", width: 1280, height: 900, scheme: "dark" },
  { name: "phone", width: 390, height: 844, scheme: "light" },
];

/** The pages to look at: the directory, and the first topic of each folder. */
function pages() {
  const found = ["index.html"];
  for (const group of fs.readdirSync(folder).sort()) {
    const inside = path.join(folder, group);
    if (!fs.statSync(inside).isDirectory()) continue;
    if (fs.existsSync(path.join(inside, "index.html"))) found.push(`${group}/index.html`);
    const topic = fs.readdirSync(inside).sort().find((name) => fs.existsSync(path.join(inside, name, "index.html")));
    if (topic) found.push(`${group}/${encodeURIComponent(topic)}/index.html`);
  }
  return found;
}

function served(request, response) {
  const file = path.join(folder, decodeURIComponent(new URL(request.url, "http://x").pathname));
  if (request.url === "/favicon.ico") return response.writeHead(204).end();
  if (!file.startsWith(folder + path.sep) || !fs.existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" }).end(fs.readFileSync(file));
}

(async () => {
  const server = http.createServer(served);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const base = `http://127.0.0.1:${server.address().port}/`;
  const chromium = await puppeteer.launch({ executablePath: browser, args: ["--no-sandbox", "--disable-gpu"] });
  const problems = [];
  let looked = 0;
  const open = async (address, kind, scripts = true) => {
    const page = await chromium.newPage();
    const tell = (text) => problems.push(`${address} (${kind.name}): ${text}`);
    page.on("console", (message) => { if (["error", "warn"].includes(message.type())) tell(message.text()); });
    page.on("pageerror", (error) => tell(error.message));
    // Pictures of the articles are elsewhere, and nothing outside is asked for.
    await page.setRequestInterception(true);
    page.on("request", (request) => request.url().startsWith(base) ? request.continue() : request.respond({ status: 200, contentType: "image/svg+xml", body: "<svg xmlns='http://www.w3.org/2000/svg'/>" }));
    await page.setViewport({ width: kind.width, height: kind.height });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: kind.scheme }]);
    await page.setJavaScriptEnabled(scripts);
    await page.goto(base + address, { waitUntil: "load" });
    looked += 1;
    return { page, tell };
  };

  for (const address of pages()) {
    for (const kind of KINDS) {
      const { page, tell } = await open(address, kind);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (overflow > 0) tell(`the page is ${overflow} pixels wider than the window`);
      await page.setBypassCSP(true);
      await page.reload({ waitUntil: "load" });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
      for (const found of violations) tell(`axe: ${found.id} (${found.impact}): ${found.help}: ${found.nodes[0].html}`);
      await page.screenshot({ path: path.join(pictures, `${address.replaceAll("/", "_")}.${kind.name}.png`), fullPage: true });
      await page.close();
    }
  }

  // Copying, and filtering.
  await chromium.defaultBrowserContext().overridePermissions(base, ["clipboard-read", "clipboard-write", "clipboard-sanitized-write"]);
  const { page, tell } = await open("index.html", KINDS[0]);
  await page.bringToFront();
  await page.click(".copy");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const stated = await page.$eval("dd code", (code) => code.textContent);
  if (copied !== stated) tell(`expected ${stated} in the clipboard, found ${copied}`);
  const shown = () => page.$$eval(".list li", (items) => items.filter((item) => item.offsetParent).map((item) => item.firstElementChild.textContent));
  const all = await shown();
  if (await page.$eval("#filter", (filter) => Boolean(filter.offsetParent)).catch(() => false)) {
    const wanted = all[Math.floor(all.length / 2)];
    await page.type("#filter", wanted);
    const found = await shown();
    if (!found.includes(wanted) || !found.every((name) => name.toLowerCase().includes(wanted.toLowerCase()))) tell(`filtered by ${wanted}, found ${found}`);
  }
  await page.close();

  // Without scripts nothing is offered that needs them, and everything is there.
  const plain = await open("index.html", KINDS[0], false);
  const offered = await plain.page.$$eval(".copy, .filter", (found) => found.filter((one) => one.offsetParent).length);
  if (offered > 0) plain.tell("without scripts, something is offered that needs them");
  await plain.page.pdf({ path: path.join(pictures, "index.pdf") });

  await chromium.close();
  server.close();
  for (const problem of problems) console.error(problem);
  console.log(`  ${looked} pages looked at, ${problems.length} problems; pictures are in ${path.relative(process.cwd(), pictures)}`);
  process.exit(problems.length > 0 ? 1 : 0);
})().catch((error) => { console.error(error); process.exit(1); });
