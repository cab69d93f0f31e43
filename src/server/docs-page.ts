import type { Endpoint } from "./endpoint.ts";

const escaped = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? sign,
  );

/** A JSON schema, as far as the page reads it. */
interface Schema {
  readonly $ref?: string;
  readonly [key: string]: unknown;
}

/** An OpenAPI document, as far as the page reads it. */
interface Described {
  readonly info: { readonly title: string; readonly version: string };
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
  readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
}

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#16181d;background:#fff}
code,pre{font:14px/1.45 ui-monospace,monospace}pre{background:#f7f8fa;border:1px solid #d9dde4;border-radius:6px;padding:.75rem;overflow:auto;max-height:28rem}
h2{margin-top:2.5rem}summary{cursor:pointer;padding:.35rem 0}.method{display:inline-block;min-width:4.5rem;font-weight:600;text-transform:uppercase}
@media (prefers-color-scheme:dark){body{color:#e8eaee;background:#101216}pre{background:#181b21;border-color:#333943}a{color:#86a9ff}}`;

/**
 * Writes the API's description as a page that needs nothing but itself.
 *
 * @param described the OpenAPI document
 * @param endpoints the routes, in the order to show
 */
export function docsPage(described: Described, endpoints: readonly Endpoint[]): string {
  const groups = [...new Set(endpoints.map(({ group }) => group))];
  const sections = groups.map((group) => {
    const routes = endpoints.filter((one) => one.group === group);
    return `<h2>${escaped(group)}</h2>${routes.map((one) => routeHtml(one, described)).join("")}`;
  });
  const schemas = Object.entries(described.components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<details id="schema-${escaped(name)}"><summary><code>${escaped(name)}</code></summary>${jsonHtml(schema)}</details>`,
  );
  const { title, version } = described.info;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(title)}</title><style>${style}</style></head><body><h1>${escaped(title)} ${escaped(version)}</h1>
<p>Answers are JSON; <code>?lang=en|zh-Hans|zh-Hant|id</code> chooses the language of words. Errors are problem details with a <code>code</code>.
The same as <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>${sections.join("")}<h2>Schemas</h2>${schemas.join("")}</body></html>`;
}

function routeHtml({ method, path, summary }: Endpoint, { paths }: Described): string {
  const operation = paths?.[path]?.[method] as Schema | undefined;
  return `<details><summary><span class="method">${method}</span> <code>${escaped(path)}</code> — ${escaped(summary)}</summary>${jsonHtml(operation)}</details>`;
}

function jsonHtml(value: unknown): string {
  const text = escaped(JSON.stringify(value, null, 2) ?? "");
  const linked = text.replace(
    /#\/components\/schemas\/(\w+)/g,
    (_whole, name: string) => `<a href="#schema-${name}">${name}</a>`,
  );
  return `<pre>${linked}</pre>`;
}
