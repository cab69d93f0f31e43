// npm start: installs, builds, and measures the simulated company, or the folder given as an argument.
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { build, install, requireNode, root, run } from "./prepare.mjs";

requireNode();
install();
build();

const lastpenny = (args) => run(process.execPath, [join(root, "bin", "lastpenny.js"), ...args]);
const own = process.argv.slice(2);

if (own.length > 0) {
  process.exit(lastpenny(["measure", ...own]));
}

const demo = join(root, "demo");
const workspace = join(demo, "workspace");
if (!existsSync(join(demo, "truth.json"))) {
  const company = ["--people", "5000", "--months", "18", "--seed", "7"];
  const code = lastpenny(["simulate", ...company, "--out", demo]);
  if (code !== 0) process.exit(code);
}
if (!existsSync(workspace)) {
  mkdirSync(workspace, { recursive: true });
  copyFileSync(join(demo, "lastpenny.yaml"), join(workspace, "lastpenny.yaml"));
}
const code = lastpenny(["measure", join(demo, "exports"), "--workspace", workspace]);
process.stdout.write(
  [
    "",
    "These are the figures of a simulated company. To measure your own exports:",
    "",
    "  npm start -- ./path/to/exports        (or: npx lastpenny measure ./path/to/exports)",
    "",
  ].join("\n"),
);
process.exit(code);
