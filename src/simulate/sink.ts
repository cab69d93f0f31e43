import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";

/** Where files are written. */
export interface SimulationEffects {
  /** Opens a new file, folders included, and returns its writer. */
  readonly open: (path: string) => FileWriter;
  /** Removes what an earlier run wrote to a folder, as far as its truth lists it. */
  readonly forget: (folder: string) => void;
}

/** A file being written. */
interface FileWriter {
  /** Takes bytes that are only valid during the call. */
  readonly write: (content: Uint8Array) => void;
  readonly close: () => void;
}

/** Writes to the disk. */
export const diskEffects: SimulationEffects = {
  open: (path) => {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(path, "w");
    return {
      write: (content) => {
        let written = 0;
        while (written < content.length) {
          written += writeSync(file, content, written, content.length - written);
        }
      },
      close: () => closeSync(file),
    };
  },
  forget: (folder) => {
    for (const name of filesOfEarlierRun(`${folder}/truth.json`)) {
      rmSync(join(folder, "exports", name), { force: true });
    }
  },
};

/** The names that a truth lists, without any that would lead out of the folder. */
function filesOfEarlierRun(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  try {
    const { files } = z
      .object({ files: z.record(z.string(), z.unknown()) })
      .parse(JSON.parse(readFileSync(path, "utf8")));
    return Object.keys(files).filter((name) => !name.includes(".."));
  } catch {
    return [];
  }
}

/** How text becomes bytes. */
export type Encoding = "utf8" | "utf16le";

/** What the reader is expected to do with a row. */
type Outcome = "taken" | "repeated" | "rejected";

/** How many rows a file has, by what is expected of them. */
export interface FileCounts {
  rows: number;
  taken: number;
  repeated: number;
  rejected: number;
}

const bufferBytes = 131_072;

/** A file of rows, buffered as bytes, that counts what it is given; it lives until `close`. */
export class RowFile {
  readonly name: string;
  readonly counts: FileCounts = { rows: 0, taken: 0, repeated: 0, rejected: 0 };
  private readonly buffer = Buffer.allocUnsafe(bufferBytes);
  private used = 0;
  private readonly writer: FileWriter;
  private readonly encoding: Encoding;

  /**
   * @param name path below the folder of exports
   * @param header text in front of the rows, line ends included
   */
  constructor(
    effects: SimulationEffects,
    folder: string,
    name: string,
    header: string,
    encoding: Encoding = "utf8",
  ) {
    this.name = name;
    this.encoding = encoding;
    this.writer = effects.open(`${folder}/${name}`);
    this.put(header);
  }

  /**
   * Adds a row and returns its number, counted from 1 without the header.
   *
   * @param row text of the row, without line end
   * @param outcome what the reader is expected to do with it
   */
  add(row: string, outcome: Outcome = "taken"): number {
    this.put(row);
    this.put("\n");
    this.counts.rows += 1;
    this.counts[outcome] += 1;
    return this.counts.rows;
  }

  /** Writes what is buffered and closes the file. */
  close(): void {
    this.flush();
    this.writer.close();
  }

  /** No encoding needs more than three bytes for a unit of text. */
  private put(text: string): void {
    if (this.used + 3 * text.length > bufferBytes) this.flush();
    if (3 * text.length > bufferBytes) this.writer.write(Buffer.from(text, this.encoding));
    else this.used += this.buffer.write(text, this.used, this.encoding);
  }

  private flush(): void {
    if (this.used > 0) this.writer.write(this.buffer.subarray(0, this.used));
    this.used = 0;
  }
}

/**
 * Returns a cell of a CSV row, quoted where it must be.
 *
 * @param value text of the cell
 */
function cell(value: string): string {
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/**
 * Returns a function that writes a CSV row from values by column name; what is not given stays empty.
 *
 * @param header the header line
 */
export function csvRow(header: string): (values: Readonly<Record<string, string>>) => string {
  const columns = header.split(",");
  return (values) => columns.map((column) => cell(values[column] ?? "")).join(",");
}
