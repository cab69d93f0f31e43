import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { LastpennyError } from "../errors.ts";
import { duckdb, duckdbMacros } from "../sql/duckdb.ts";
import { renderSql, type Sql } from "../sql/fragment.ts";
import type { Cell, Row, Store, TransactionOptions } from "./store.ts";

/** How the embedded engine may use the machine. */
export interface DuckdbOptions {
  /** For example "8GB". */
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** Where data that does not fit in memory goes. */
  readonly temporaryDirectory?: string;
}

/** A store that can be read over further connections while this one writes. */
export interface ConnectedStore extends Store {
  /** Opens a connection of its own to the same data: it sees what was committed, and is closed on its own. */
  beside(): Promise<ConnectedStore>;
  /** Stops the statement that is running, which then fails with `query_interrupted`. */
  interrupt(): void;
}

/**
 * Opens a workspace file with the embedded engine.
 *
 * @param path the file, or ":memory:"
 * @param options limits of memory and threads
 * @throws LastpennyError `query_failed` when the file cannot be opened
 */
export async function openDuckdb(
  path: string,
  options: DuckdbOptions = {},
): Promise<ConnectedStore> {
  // A file is attached under a fixed name: opened directly, ledger.duckdb would be a catalogue named like the schema.
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(options.threads ?? 2),
    memory_limit: options.memoryLimit ?? "8GB",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    checkpoint_threshold: "128MB",
    // Blocks of one arena leave no gaps between them, unlike those of malloc; what they took is not given back, so not all.
    block_allocator_memory: "2GB",
    ...(options.temporaryDirectory ? { temp_directory: options.temporaryDirectory } : {}),
  });
  const connection = await instance.connect();
  if (path !== ":memory:") await attach(connection, path);
  await prepareConnection(connection, path);
  await connection.run("CREATE SCHEMA IF NOT EXISTS ledger; CREATE SCHEMA IF NOT EXISTS derived");
  for (const macro of duckdbMacros) await connection.run(macro);
  return new DuckdbStore({ instance, path }, connection, true);
}

async function prepareConnection(connection: DuckDBConnection, path: string): Promise<void> {
  if (path !== ":memory:") await connection.run("USE workspace");
  await connection.run("SET TimeZone = 'UTC'");
  // Rows written in the same transaction are estimated as few, and ASOF joins over them would become nested loops.
  await connection.run("SET asof_loop_join_threshold = 0");
  // Turns each list of values in a CASE into a hash join of its own, which costs a small load a second.
  await connection.run("SET disabled_optimizers = 'in_clause'");
}

async function attach(connection: DuckDBConnection, path: string): Promise<void> {
  try {
    // The latest format writes texts and empty columns in half the time of the default one.
    await connection.run(
      `ATTACH '${path.replaceAll("'", "''")}' AS workspace (STORAGE_VERSION 'latest')`,
    );
  } catch (cause) {
    throw new LastpennyError(
      "query_failed",
      `cannot open ${path}: ${messageOf(cause)}`,
      {},
      { cause },
    );
  }
}

/** The engine that connections share. */
interface Engine {
  readonly instance: DuckDBInstance;
  readonly path: string;
}

class DuckdbStore implements ConnectedStore {
  readonly dialect = duckdb;
  readonly #engine: Engine;
  readonly #connection: DuckDBConnection;
  readonly #isFirst: boolean;
  #depth = 0;

  constructor(engine: Engine, connection: DuckDBConnection, isFirst: boolean) {
    this.#engine = engine;
    this.#connection = connection;
    this.#isFirst = isFirst;
  }

  async beside(): Promise<ConnectedStore> {
    const connection = await this.#engine.instance.connect();
    await prepareConnection(connection, this.#engine.path);
    return new DuckdbStore(this.#engine, connection, false);
  }

  interrupt(): void {
    this.#connection.interrupt();
  }

  async query(statement: Sql): Promise<readonly Row[]> {
    const { text, values } = renderSql(statement);
    const reader = await this.#guard(text, () =>
      this.#connection.runAndReadAll(text, [...values] as DuckDBValue[]),
    );
    const names = reader.columnNames();
    return reader
      .getRows()
      .map((row) => Object.fromEntries(names.map((name, index) => [name, toCell(row[index])])));
  }

  async scan(statement: Sql, take: (columns: readonly (readonly Cell[])[]) => void): Promise<void> {
    const { text, values } = renderSql(statement);
    await this.#guard(text, async () => {
      const result = await this.#connection.stream(text, [...values] as DuckDBValue[]);
      for await (const chunk of result)
        take(chunk.getColumns().map((column) => column.map(toCell)));
    });
  }

  async run(statement: Sql): Promise<number> {
    const { text, values } = renderSql(statement);
    const result = await this.#guard(text, () =>
      this.#connection.run(text, [...values] as DuckDBValue[]),
    );
    return result.rowsChanged;
  }

  async transaction<Result>(
    work: () => Promise<Result>,
    { anyOrder = false }: TransactionOptions = {},
  ): Promise<Result> {
    if (this.#depth > 0) return work();
    this.#depth += 1;
    // The setting is that of the whole engine, and the first connection may be reading a file while others ask.
    const changesOrder = anyOrder && this.#isFirst;
    try {
      if (changesOrder) await this.#connection.run("SET preserve_insertion_order = false");
      await this.#connection.run("BEGIN");
      const result = await work();
      await this.#connection.run("COMMIT");
      return result;
    } catch (error) {
      await this.#connection.run("ROLLBACK").catch(() => undefined);
      throw error;
    } finally {
      this.#depth -= 1;
      if (changesOrder) await this.#connection.run("SET preserve_insertion_order = true");
    }
  }

  async close(): Promise<void> {
    if (this.#isFirst) await this.#connection.run("CHECKPOINT").catch(() => undefined);
    this.#connection.closeSync();
    if (this.#isFirst) this.#engine.instance.closeSync();
  }

  async #guard<Result>(text: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (cause) {
      const message = messageOf(cause);
      if (/out of memory/i.test(message)) {
        throw new LastpennyError(
          "out_of_memory",
          "the engine ran out of memory: ask for a shorter period, or raise memory in lastpenny.yaml",
          {},
          { cause },
        );
      }
      if (/^INTERRUPT Error/.test(message)) {
        throw new LastpennyError(
          "query_interrupted",
          "the statement was stopped: ask for a shorter period or fewer groups",
          {},
          { cause },
        );
      }
      throw new LastpennyError("query_failed", message, { sql: text }, { cause });
    }
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function toCell(value: DuckDBValue | undefined): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === "object") return value.toString();
  return value;
}
