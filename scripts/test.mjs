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
  ["types of the app", () => runTool("typescript/bin/tsc", ["-p", "src/web/tsconfig.json"])],
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

const reports = mkdtempSync(join(tmpdir(), "lastpenny-"));

/** Runs tests, and reads from their report how many passed; a file that does not load fails without a failed test. */
function runTests(name, tool, args, readCounts) {
  const report = join(reports, `${name}.json`);
  process.env.LASTPENNY_REPORT = report;
  const code = runTool(tool, args(report));
  const found = existsSync(report)
    ? readCounts(JSON.parse(readFileSync(report, "utf8")))
    : { passed: 0, failed: 0, skipped: 0 };
  counts.passed += found.passed;
  counts.failed += code !== 0 && found.failed === 0 ? 1 : found.failed;
  counts.skipped += found.skipped;
}

const chosen = process.argv.slice(2);

runTests(
  "vitest",
  "vitest/vitest.mjs",
  (report) => [
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...chosen,
  ],
  ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests = 0 }) => ({
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests + numTodoTests,
  }),
);

// Tests in the browser, unless only some of the others were asked for.
if (chosen.length === 0) {
  runTests(
    "browser",
    "@playwright/test/cli.js",
    () => ["test", "--config", "test/browser/playwright.config.ts"],
    ({ stats }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
    }),
  );
}

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
process.exit(counts.failed > 0 ? 1 : 0);
