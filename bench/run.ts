// npm run bench [-- NAME…] [--large]: every benchmark, or the named ones.
import { availableParallelism, cpus, totalmem } from "node:os";

const benchmarks: Readonly<Record<string, (large: boolean) => Promise<unknown>>> = {
  import: async () => (await import("./import.ts")).run(),
  questions: async (large) => {
    const { run } = await import("./questions.ts");
    await run();
    if (large) await run({ rows: 100_000_000 });
  },
  derive: async (large) =>
    (await import("./derive.ts")).run({ events: large ? 10_000_000 : 2_000_000 }),
  attribution: async () => (await import("./attribution.ts")).run(),
  workspace: async (large) =>
    (await import("./workspace.ts")).run({ people: large ? 100_000 : 10_000 }),
  markov: async () => (await import("./markov.ts")).run(),
  web: async () => (await import("./web.ts")).run(),
};

const named = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const unknown = named.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  throw new Error(
    `no such benchmark: ${unknown.join(", ")} (one of ${Object.keys(benchmarks).join(", ")})`,
  );
}

process.stdout.write(
  `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}\n`,
);
for (const [name, run] of Object.entries(benchmarks)) {
  if (named.length > 0 && !named.includes(name)) continue;
  process.stdout.write(`\n${name}\n`);
  await run(process.argv.includes("--large"));
}
