#!/usr/bin/env node
// The engine does its file work on libuv's pool; the default of 4 threads would starve the rest.
process.env.UV_THREADPOOL_SIZE ??= "16";
const { main } = await import("../dist/cli/main.js");
process.exitCode = await main(process.argv.slice(2));
