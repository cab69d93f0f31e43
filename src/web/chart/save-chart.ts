import { saveFile } from "../page/save-file.ts";

/** Pixels per px of a saved picture, for screens and slides with fine grain. */
const pixelRatio = 2;

/**
 * Returns a drawing as a file of its own: colours, font and background written in, since a file knows no style sheet.
 *
 * @param svg the drawing on the page
 */
export function standaloneSvg(svg: SVGSVGElement): string {
  const styles = getComputedStyle(svg);
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("font-family", styles.getPropertyValue("--lp-sans").trim() || "sans-serif");
  copy.style.background = styles.getPropertyValue("--lp-surface").trim();
  copy.style.color = styles.getPropertyValue("--lp-text").trim();
  const text = new XMLSerializer().serializeToString(copy);
  return text.replaceAll(/var\((--[\w-]+)(?:,\s*([^)]*))?\)/g, (_whole, name: string, or = "") => {
    return styles.getPropertyValue(name).trim() || or;
  });
}

/**
 * Saves a drawing as SVG.
 *
 * @param svg the drawing on the page
 * @param name of the file, without its ending
 */
export function saveSvg(svg: SVGSVGElement, name: string): void {
  saveFile(new Blob([standaloneSvg(svg)], { type: "image/svg+xml" }), `${name}.svg`);
}

/**
 * Saves a drawing as PNG, at twice its size.
 *
 * @param svg the drawing on the page
 * @param name of the file, without its ending
 * @throws Error when the browser cannot draw it
 */
export async function savePng(svg: SVGSVGElement, name: string): Promise<void> {
  const { width, height } = svg.getBoundingClientRect();
  const address = URL.createObjectURL(new Blob([standaloneSvg(svg)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(width * pixelRatio);
    canvas.height = Math.ceil(height * pixelRatio);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("the browser gives no canvas to draw on");
    context.fillStyle = getComputedStyle(svg).getPropertyValue("--lp-surface").trim();
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    if (!blob) throw new Error("the browser cannot write a PNG");
    saveFile(blob, `${name}.png`);
  } finally {
    URL.revokeObjectURL(address);
  }
}
