// npm start: installs, builds, and measures the simulated company, or the folder given as an argument.
import { existsSync } from "node:fs";
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

const exports = join(root, "demo", "exports");
if (!existsSync(join(exports, "truth.json"))) {
  const code = lastpenny([
    "simulate",
    "--people",
    "5000",
    "--months",
    "18",
    "--seed",
    "7",
    "--out",
    exports,
  ]);
  if (code !== 0) process.exit(code);
}
const code = lastpenny(["measure", exports, "--workspace", join(root, "demo", "workspace")]);
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
