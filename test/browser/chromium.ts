import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A browser to start, and the environment that it needs. */
export interface Browser {
  readonly executablePath: string;
  readonly env: Record<string, string>;
}

const packed = { version: "143.0.4", marker: "nodejs20" } as const;
const root = fileURLToPath(new URL("../..", import.meta.url));

const own = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...env, LANG: "en_US.UTF-8" }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    ),
  );

/**
 * Returns the browser of the npm package, unpacked once into the project's cache. It brings its own libraries only when it
 * believes to run on a cloud function; it unpacks into the temporary folder under fixed names; and its list of fonts points
 * at a fixed folder, without which no text is drawn at all. CHROMIUM_PATH names another browser.
 */
export async function chromium(): Promise<Browser> {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return { executablePath: CHROMIUM_PATH, env: own(process.env) };
  const folder = join(root, "node_modules", ".cache", `chromium-${packed.version}`);
  mkdirSync(folder, { recursive: true });
  const executablePath = await unpacked(folder);
  const conf = join(folder, "fonts.conf");
  const list = `<dir>${folder}/fonts/fonts</dir><cachedir>${folder}/fontcache</cachedir>`;
  writeFileSync(
    conf,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${list}</fontconfig>`,
  );
  const libraries = [process.env.LD_LIBRARY_PATH, join(folder, "al2023", "lib")];
  return {
    executablePath,
    env: {
      ...own(process.env),
      FONTCONFIG_FILE: conf,
      LD_LIBRARY_PATH: libraries.filter(Boolean).join(":"),
    },
  };
}

async function unpacked(folder: string): Promise<string> {
  const names = ["TMPDIR", "CODEBUILD_BUILD_IMAGE", "LD_LIBRARY_PATH", "FONTCONFIG_PATH", "HOME"];
  const kept = names.map((name) => [name, process.env[name]] as const);
  process.env.TMPDIR = folder;
  process.env.CODEBUILD_BUILD_IMAGE = packed.marker;
  const { default: pack } = await import("@sparticuz/chromium");
  pack.setGraphicsMode = false;
  const path = await pack.executablePath();
  for (const [name, value] of kept) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  return path;
}

/** Our own flags: those of the package switch web security off. */
export const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-zygote",
  "--font-render-hinting=none",
  "--force-color-profile=srgb",
  "--hide-scrollbars",
];
