// npm test: every gate and every test; the last line counts them all.
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, install, requireNode, run, runTool } from "./prepare.mjs";

requireNode();
install();

const gates = [
  ["lint and format", () => runTool("@biomejs/biome/bin/biome", ["check", "."])],
  ["types", () => runTool("typescript/bin/tsc", ["-p", "tsconfig.json"])],
  ["dead code", () => runTool("knip/bin/knip.js", [])],
  [
    "generated documentation is current",
    () => run(process.execPath, ["--import", "tsx", "scripts/generate.ts", "--check"]),
  ],
];

const counts = { passed: 0, failed: 0, skipped: 0 };

build();
for (const [name, gate] of gates) {
  const ok = gate() === 0;
  counts[ok ? "passed" : "failed"] += 1;
  process.stdout.write(`${ok ? "✓" : "✗"} ${name}\n`);
}

const report = join(mkdtempSync(join(tmpdir(), "lastpenny-")), "vitest.json");
const code = runTool("vitest/vitest.mjs", [
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);
if (existsSync(report)) {
  const result = JSON.parse(readFileSync(report, "utf8"));
  counts.passed += result.numPassedTests;
  counts.failed += result.numFailedTests;
  counts.skipped += result.numPendingTests + (result.numTodoTests ?? 0);
}
// A file that does not load fails without a single failed test.
if (code !== 0 && counts.failed === 0) counts.failed += 1;

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
process.exit(counts.failed > 0 || code !== 0 ? 1 : 0);
