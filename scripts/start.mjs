// npm start: installs, builds, measures the simulated company, or the folder given as an argument, and serves the app on it.
import { spawn } from "node:child_process";
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build, install, requireNode, root, run } from "./prepare.mjs";

requireNode();
install();
build();

const program = join(root, "bin", "lastpenny.js");
const lastpenny = (args) => run(process.execPath, [program, ...args]);
const given = process.argv.slice(2);
const isOption = (argument) => argument.startsWith("-");

/** Options of `serve` alone, and those that it shares with `measure`; each takes a value. */
const serveOnly = ["--port", "--host"];
const shared = ["--workspace", "-w", "--lang"];

/** Takes options and their values out of the arguments. */
function optionsOf(names) {
  return given.flatMap((argument, index) => {
    if (names.some((name) => argument.startsWith(`${name}=`))) return [argument];
    return names.includes(argument) ? [argument, given[index + 1] ?? ""] : [];
  });
}

/** Serves until somebody stops it, and passes on whoever asks it to stop. */
function serve(args) {
  const child = spawn(process.execPath, [program, "serve", ...args], { stdio: "inherit" });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  // Ctrl-C reaches the child by itself.
  process.on("SIGINT", () => undefined);
  child.on("exit", (code) => process.exit(code ?? 1));
}

const ofServe = optionsOf(serveOnly);
const measured = given.filter((argument) => !ofServe.includes(argument));

if (measured.length > 0 && !measured.every(isOption)) {
  const code = lastpenny(["measure", ...measured]);
  if (code !== 0) process.exit(code);
  serve([...optionsOf(shared), ...ofServe]);
} else {
  const workspace = prepareDemo();
  const code = lastpenny(["measure", join(root, "demo", "exports"), "--workspace", workspace]);
  if (code !== 0) process.exit(code);
  process.stdout.write(
    [
      "",
      "These are the figures of a simulated company. To measure your own exports:",
      "",
      "  npm start -- ./path/to/exports        (or: npx lastpenny measure ./path/to/exports)",
      "",
      "",
    ].join("\n"),
  );
  serve(["--workspace", workspace, ...ofServe]);
}

/** Simulates the company once and makes its workspace, marked as a demo. */
function prepareDemo() {
  const demo = join(root, "demo");
  const workspace = join(demo, "workspace");
  const settings = join(workspace, "lastpenny.yaml");
  if (!existsSync(join(demo, "truth.json"))) {
    const company = ["--people", "5000", "--months", "18", "--seed", "7"];
    const code = lastpenny(["simulate", ...company, "--out", demo]);
    if (code !== 0) process.exit(code);
  }
  if (!existsSync(settings)) {
    mkdirSync(workspace, { recursive: true });
    copyFileSync(join(demo, "lastpenny.yaml"), settings);
  }
  if (!/^demo:/m.test(readFileSync(settings, "utf8"))) appendFileSync(settings, "demo: true\n");
  return workspace;
}
