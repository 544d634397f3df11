import { closeSync, openSync, writeSync } from "node:fs";

const FLUSH_CHARACTERS = 1024 * 1024;

/** Rows of text on their way into a table, as CSV on the disk: `null` is nothing, the empty text is `""`. */
export class TableSpool {
  readonly path: string;
  readonly #file: number;
  #pending = "";
  rows = 0;

  constructor(path: string) {
    this.path = path;
    this.#file = openSync(path, "wx");
  }

  add(cells: readonly (string | null)[]): void {
    let row = "";
    for (let index = 0; index < cells.length; index++) {
      if (index > 0) row += ",";
      const cell = cells[index];
      if (cell != null) row += `"${cell.includes('"') ? cell.replaceAll('"', '""') : cell}"`;
    }
    this.#pending += `${row}\n`;
    this.rows++;
    if (this.#pending.length > FLUSH_CHARACTERS) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    const bytes = Buffer.from(this.#pending.replaceAll("\0", ""));
    this.#pending = "";
    for (let sent = 0; sent < bytes.length; ) sent += writeSync(this.#file, bytes, sent);
  }
}
