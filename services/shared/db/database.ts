import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";
import type { DB } from "./schema.gen.ts";

export type Database = Kysely<DB>;
export type DatabaseTransaction = Transaction<DB>;
/** Either: for functions that take part in a caller's transaction when there is one. */
export type Connection = Database | DatabaseTransaction;

// bigint columns (byte counts, event ids) fit a double; they are numbers in the code.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

/** Of the databases opened here, for what Kysely has no word for. */
const pools = new WeakMap<Database, pg.Pool>();

export interface DatabaseHandle {
  db: Database;
  pool: pg.Pool;
  close(): Promise<void>;
}

/** @param url a `postgres://` address. The pool connects lazily; `close` ends it. */
export function openDatabase(
  url: string,
  options: { maxConnections?: number; name?: string } = {},
): DatabaseHandle {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? 10,
    application_name: options.name ?? "worksample",
    // A query that hangs must not hang a request or a job with it.
    statement_timeout: 30_000,
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks fails the query it was at, and is replaced at the next one. It also says so by an event,
  // which would end the process if nobody listened: idle ones through the pool, busy ones themselves.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  pools.set(db, pool);
  return { db, pool, close: () => db.destroy() };
}

/** A statement that each connection parses and plans once: for those that run many times a second. */
export interface PreparedStatement {
  /** One name, one text. */
  name: string;
  text: string;
}

/** Runs it in a transaction of its own. */
export async function runPrepared<Row extends pg.QueryResultRow>(
  db: Database,
  statement: PreparedStatement,
  values: readonly unknown[],
): Promise<Row[]> {
  const { rows } = await pools.get(db)!.query<Row>({ ...statement, values: [...values] });
  return rows;
}

/** The authority on time. */
export async function databaseNow(db: Connection): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  return rows[0]!.now;
}
