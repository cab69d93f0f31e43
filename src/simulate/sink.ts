import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** Where files are written. */
export interface SimulationEffects {
  /** Opens a new file, folders included, and returns its writer. */
  readonly open: (path: string) => FileWriter;
}

/** A file being written. */
export interface FileWriter {
  readonly write: (content: string | Uint8Array) => void;
  readonly close: () => void;
}

/** Writes to the disk. */
export const diskEffects: SimulationEffects = {
  open: (path) => {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(path, "w");
    return {
      write: (content) => {
        const bytes = typeof content === "string" ? Buffer.from(content) : content;
        let written = 0;
        while (written < bytes.length) {
          written += writeSync(file, bytes, written, bytes.length - written);
        }
      },
      close: () => closeSync(file),
    };
  },
};

/** What the reader is expected to do with a row. */
export type Outcome = "taken" | "repeated" | "rejected";

/** How many rows a file has, by what is expected of them. */
export interface FileCounts {
  rows: number;
  taken: number;
  repeated: number;
  rejected: number;
}

const flushAt = 262_144;

/** A file of rows, buffered, that counts what it is given; it lives until `close`. */
export class RowFile {
  readonly name: string;
  readonly counts: FileCounts = { rows: 0, taken: 0, repeated: 0, rejected: 0 };
  private text = "";
  private readonly writer: FileWriter;
  private readonly encode: (text: string) => string | Uint8Array;

  /**
   * @param name path below the folder of exports
   * @param header text in front of the rows, line ends included
   * @param encode how text becomes bytes; UTF-8 when left out
   */
  constructor(
    effects: SimulationEffects,
    folder: string,
    name: string,
    header: string,
    encode: (text: string) => string | Uint8Array = (text) => text,
  ) {
    this.name = name;
    this.encode = encode;
    this.writer = effects.open(`${folder}/${name}`);
    this.text = header;
  }

  /**
   * Adds a row and returns its number, counted from 1 without the header.
   *
   * @param row text of the row, without line end
   * @param outcome what the reader is expected to do with it
   */
  add(row: string, outcome: Outcome = "taken"): number {
    this.text += row;
    this.text += "\n";
    this.counts.rows += 1;
    this.counts[outcome] += 1;
    if (this.text.length >= flushAt) this.flush();
    return this.counts.rows;
  }

  /** Writes what is buffered and closes the file. */
  close(): void {
    this.flush();
    this.writer.close();
  }

  private flush(): void {
    this.writer.write(this.encode(this.text));
    this.text = "";
  }
}

/**
 * Returns a cell of a CSV row, quoted where it must be.
 *
 * @param value text of the cell
 */
export function cell(value: string): string {
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
