import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import iconv from "iconv-lite";
import { pack } from "tar-stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ReadingWish } from "../../shared/contracts/dataset-studio.ts";
import importFiles, { type ImportOutput } from "./import-entry.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "worksample-import-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function read(
  content: string | Buffer,
  { name = "upload.bin", reading = {} }: { name?: string; reading?: ReadingWish } = {},
): Promise<ImportOutput> {
  const path = join(directory, "upload-0");
  await writeFile(path, content);
  return importFiles({ files: [{ path, name, reading }], memoryMib: 256 }, { directory, progress: () => {} });
}

/** All rows of a table, as texts. */
async function rowsOf({ tables }: ImportOutput, index = 0): Promise<unknown[][]> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const path = join(directory, tables[index]!.parquet);
  const reader = await connection.runAndReadAll(`SELECT * FROM read_parquet('${path}')`);
  connection.closeSync();
  return reader.getRows();
}

const namesOf = ({ tables }: ImportOutput) => tables[0]!.columns.map(({ name }) => name);
const typesOf = ({ tables }: ImportOutput) => tables[0]!.columns.map(({ type }) => type);
const issuesOf = ({ tables }: ImportOutput) =>
  tables[0]!.issues.map(({ kind, outcome, rows, examples }) => [kind, outcome, rows, examples[0]?.line]);
const refusalOf = (content: string | Buffer) =>
  read(content).then(
    () => "accepted",
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );

const TEXT = "id,name,city\n1,Zoë,Köln\n2,René,Orléans\n3,Ana,Málaga\n";
const READ = [
  ["1", "Zoë", "Köln"],
  ["2", "René", "Orléans"],
  ["3", "Ana", "Málaga"],
];

describe("a CSV file is read the same", () => {
  it.each([
    ["in UTF-8", Buffer.from(TEXT), "utf-8"],
    ["with a byte-order mark", Buffer.from(`\uFEFF${TEXT}`), "utf-8"],
    [
      "in UTF-16 with a mark",
      Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(TEXT, "utf-16le")]),
      "utf-16le",
    ],
    [
      "in UTF-16 the other way round",
      Buffer.concat([Buffer.from([0xfe, 0xff]), iconv.encode(TEXT, "utf-16be")]),
      "utf-16be",
    ],
    ["in UTF-16 without a mark", iconv.encode(TEXT, "utf-16le"), "utf-16le"],
    ["in Windows-1252", iconv.encode(TEXT, "windows-1252"), "windows-1252"],
    ["with Windows' line ends", Buffer.from(TEXT.replaceAll("\n", "\r\n")), "utf-8"],
    ["with old Macs' line ends", Buffer.from(TEXT.replaceAll("\n", "\r")), "utf-8"],
    ["with line ends of both kinds", Buffer.from(TEXT.replace("\n", "\r\n")), "utf-8"],
    ["without a line end at the end", Buffer.from(TEXT.trimEnd()), "utf-8"],
    ["with semicolons", Buffer.from(TEXT.replaceAll(",", ";")), "utf-8"],
    ["with tabs", Buffer.from(TEXT.replaceAll(",", "\t")), "utf-8"],
    ["with bars", Buffer.from(TEXT.replaceAll(",", "|")), "utf-8"],
    ["with Excel's note on its first line", Buffer.from(`sep=;\n${TEXT.replaceAll(",", ";")}`), "utf-8"],
    ["gzipped", gzipSync(TEXT), "utf-8"],
  ])("%s", async (_, content, encoding) => {
    const output = await read(content);
    expect(output.tables[0]!.reading!.encoding).toBe(encoding);
    expect(namesOf(output)).toEqual(["id", "name", "city"]);
    expect(await rowsOf(output)).toEqual(READ);
    expect(issuesOf(output)).toEqual([]);
  });

  it("as somebody who knows better says", async () => {
    const output = await read("a;b\n1;2\n", { reading: { header: false, delimiter: ";" } });
    expect(await rowsOf(output)).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
  });
});

describe("a CSV file", () => {
  it("without a header gets names for its columns", async () => {
    const output = await read("1,2025-01-02,open\n2,2025-01-03,closed\n");
    expect(namesOf(output)).toEqual(["column_1", "column_2", "column_3"]);
    expect(output.tables[0]).toMatchObject({ rows: 2, reading: { header: false } });
  });

  it.each([
    ["with an index that has no name", ",name,city\n0,Ann,Oslo\n1,Bo,Rome\n", ["column_1", "name", "city"]],
    ["with years for names", "country,2019,2020\nNorway,51,32\nItaly,70,65\n", ["country", "2019", "2020"]],
    ["with the names its grouping uses", "v,bin,n\na,1,2\nb,2,3\na,3,4\n", ["v", "bin", "n"]],
  ])("%s is read and profiled", async (_what, text, names) => {
    const output = await read(text);
    expect(namesOf(output)).toEqual(names);
    expect(output.tables[0]).toMatchObject({ reading: { header: true } });
  });

  it("whose first row has a year like those below has no header", async () => {
    const output = await read("Ann,2019,Oslo\nBo,2020,Rome\nCy,2021,Bern\n");
    expect(output.tables[0]).toMatchObject({ rows: 3, reading: { header: false } });
  });

  it("keeps line ends, delimiters and quotes inside of quotes", async () => {
    const output = await read('id,note\r\n1,"two\r\nlines, ""quoted"""\r\n2,""\r\n3,\r\n');
    expect(await rowsOf(output)).toEqual([
      ["1", 'two\r\nlines, "quoted"'],
      ["2", ""],
      ["3", null],
    ]);
    expect(issuesOf(output)).toEqual([]);
  });

  it("has its rows repaired or skipped one by one, and says which", async () => {
    const output = await read(
      'id,name,note\n1,a,x\n2,b\n3,c,y,,\n4,d,z,extra\n5,e,says "hi"\n6,"f" g,w\n7,h,"never closed\n8,i,v\n',
    );
    expect((await rowsOf(output)).map(([id]) => id)).toEqual(["1", "2", "3", "5", "6", "7", "8"]);
    expect(await rowsOf(output)).toContainEqual(["2", "b", null]);
    expect(await rowsOf(output)).toContainEqual(["5", "e", 'says "hi"']);
    expect(issuesOf(output)).toEqual(
      expect.arrayContaining([
        ["too_few_fields", "repaired", 1, 3],
        ["too_many_empty_fields", "repaired", 1, 4],
        ["too_many_fields", "skipped", 1, 5],
        ["unclosed_quote", "repaired", 2, 7],
      ]),
    );
  });

  it("has titles above its header skipped, and NULs taken out", async () => {
    const output = await read("Export of today\nid,name,city\n1,a\0b,x\n2,c,y\n3,d,z\n");
    expect(namesOf(output)).toEqual(["id", "name", "city"]);
    expect((await rowsOf(output))[0]).toEqual(["1", "ab", "x"]);
    expect(issuesOf(output)).toEqual([
      ["before_header", "skipped", 1, 1],
      ["nul_characters", "repaired", 1, 3],
    ]);
  });

  it("keeps long numbers, leading zeros and ends of decimals exactly", async () => {
    const rows = ["900719925474099301,007,1.10,12345678901234567890", "900719925474099303,010,2.05,1"];
    const output = await read(`id,code,price,big\n${rows.join("\n")}\n`);
    expect((await rowsOf(output)).map((row) => row.join())).toEqual(rows);
    expect(typesOf(output)).toEqual(["integer", "text", "decimal", "decimal"]);
    expect(output.tables[0]!.columns[0]).toMatchObject({
      min: "900719925474099301",
      max: "900719925474099303",
    });
  });

  it("names columns once each, without regard to case", async () => {
    const output = await read("id,Name,name,,id\n1,a,b,c,2\n2,a,b,c,3\n");
    expect(namesOf(output)).toEqual(["id", "Name", "name_2", "column_4", "id_2"]);
  });

  it("may be as wide as 64 KiB and a chunk", async () => {
    const long = "x".repeat(1_500_000);
    const output = await read(`id,text\n1,"${long}\n${long}"\n2,b\n`);
    expect((await rowsOf(output)).map(([id, text]) => [id, String(text).length])).toEqual([
      ["1", 3_000_001],
      ["2", 1],
    ]);
  });
});

describe("JSON", () => {
  it("lines are read one by one, with the broken ones named", async () => {
    const output = await read(
      '{"id":9007199254740993,"a":[1]}\n{"id":2\n"text"\n{"id":3,"b":null,"a":{"c":1.50}}\n',
    );
    expect(await rowsOf(output)).toEqual(
      [
        ["9007199254740993", "[1]"],
        ["3", '{"c":1.50}'],
      ].map((row) => [...row, null]),
    );
    expect(issuesOf(output)).toEqual([
      ["invalid_json", "skipped", 1, 2],
      ["not_an_object", "skipped", 1, 3],
    ]);
  });

  it("arrays in an object are a table each", async () => {
    const output = await read(
      '{"v":1,"users":[{"id":1,"n":"a,\\"b\\""}],"tickets":[\n{"id":5,"ok":true},{"id":6}]}',
    );
    expect(output.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ["users", 1],
      ["tickets", 2],
    ]);
    expect(await rowsOf(output, 0)).toEqual([["1", 'a,"b"']]);
  });

  it("arrays are read whatever their layout", async () => {
    const output = await read('[ {"a":"x]}" , "b" : 2},\n\t{"b":3e2}\n]'.replace('" , "b"', '","b"'));
    expect(await rowsOf(output)).toEqual([
      ["x]}", "2"],
      [null, "3e2"],
    ]);
  });
});

describe("Parquet and SQLite", () => {
  it("keep their types and every digit", async () => {
    const path = join(directory, "made.parquet");
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    await connection.run(
      `COPY (SELECT 900719925474099301 AS id, TIMESTAMP '2025-01-02 03:04:05' AS at, 1.10::DECIMAL(9,2) AS price, [1,2] AS list, '\\x01'::BLOB AS bytes) TO '${path}' (FORMAT parquet)`,
    );
    const output = await read(await readFile(path));
    expect(await rowsOf(output)).toEqual([
      ["900719925474099301", "2025-01-02T03:04:05", "1.10", "[1,2]", "01"],
    ]);
    expect(typesOf(output)).toEqual(["integer", "timestamp", "decimal", "json", "binary"]);
  });

  it("give all tables, and no views", async () => {
    const path = join(directory, "made.db");
    const database = new DatabaseSync(path);
    database.exec(
      `CREATE TABLE a (id INTEGER, note TEXT); INSERT INTO a VALUES (900719925474099301, 'x"y'), (2, NULL);
       CREATE TABLE b (v BLOB); INSERT INTO b VALUES (x'00ff'); CREATE VIEW w AS SELECT * FROM a;`,
    );
    database.close();
    const output = await read(await readFile(path));
    expect(output.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
    expect(await rowsOf(output)).toEqual([
      ["900719925474099301", 'x"y'],
      ["2", null],
    ]);
    expect(output.leftOut).toEqual([{ file: "upload.bin: w", why: "It is a view, not a table." }]);
  });
});

interface TarEntry {
  name: string;
  type?: "file" | "symlink" | "character-device";
  linkname?: string;
  content?: string | Buffer;
}
async function tarGz(entries: TarEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const { content = "", ...header } of entries) tar.entry(header, content);
  tar.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of tar as AsyncIterable<Buffer>) pieces.push(piece);
  return gzipSync(Buffer.concat(pieces));
}

async function zip(entries: Record<string, string | Buffer>, mode?: number): Promise<Buffer> {
  const { ZipFile } = await import("yazl");
  const file = new ZipFile();
  for (const [name, content] of Object.entries(entries))
    file.addBuffer(Buffer.from(content), name, mode === undefined ? {} : { mode });
  file.end();
  const pieces: Buffer[] = [];
  for await (const piece of file.outputStream as unknown as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe("an archive", () => {
  it.each([
    [
      "zip",
      () =>
        zip({
          "data/a.csv": TEXT,
          "b.jsonl": '{"x":1}\n{"x":2}\n',
          "README.md": "# hi",
          "__MACOSX/._a": "x",
        }),
    ],
    [
      "tar.gz",
      () =>
        tarGz([
          { name: "data/a.csv", content: TEXT },
          { name: "b.jsonl", content: '{"x":1}\n{"x":2}\n' },
          { name: "README.md", content: "# hi" },
        ]),
    ],
  ])("of tables is read: %s", async (_, make) => {
    const output = await read(await make());
    expect(output.tables.map(({ name, file, rows }) => [name, file, rows])).toEqual([
      ["a", "data/a.csv", 3],
      ["b", "b.jsonl", 2],
    ]);
    expect(output.leftOut).toEqual([{ file: "README.md", why: "It is no table." }]);
  });
});

/** An escaping name that no tool would write: the same length, put in afterwards. */
async function escapingZip(): Promise<Buffer> {
  const honest = await zip({ "aaaaaaa/b.csv": TEXT });
  return Buffer.from(honest.toString("latin1").replaceAll("aaaaaaa/b.csv", "../../../b.cs"), "latin1");
}

describe("refused, with a reason:", () => {
  const parquet = Buffer.concat([Buffer.from("PAR1"), Buffer.alloc(100, 7), Buffer.from("PAR1")]);
  const lfs = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 5\n`;
  it.each<[string, string, () => string | Buffer | Promise<Buffer>]>([
    ["git_lfs_pointer", "a Git LFS pointer", () => lfs],
    [
      "spreadsheet",
      "an xlsx under another name",
      () => zip({ "[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>" }),
    ],
    ["spreadsheet", "an old xls", () => Buffer.from("d0cf11e0a1b11ae1000000", "hex")],
    ["web_page", "a sign-in page", () => "<!DOCTYPE html><html><body>Sign in</body></html>"],
    ["empty_file", "an empty file", () => ""],
    ["unknown_format", "a picture", () => Buffer.from("89504e470d0a1a0a0000", "hex")],
    [
      "parquet_encrypted",
      "encrypted Parquet",
      () => Buffer.concat([Buffer.from("PARE"), Buffer.alloc(50), Buffer.from("PARE")]),
    ],
    [
      "parquet_encrypted",
      "Parquet with an encrypted footer",
      () => Buffer.concat([Buffer.from("PAR1"), Buffer.alloc(50), Buffer.from("PARE")]),
    ],
    ["parquet_corrupt", "corrupt Parquet", () => parquet],
    ["parquet_corrupt", "Parquet that was cut off", () => parquet.subarray(0, 60)],
    [
      "sqlite_corrupt",
      "corrupt SQLite",
      () => Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(5000, 3)]),
    ],
    ["archive_kind", "a 7z archive", () => Buffer.from("377abcaf271c0004", "hex")],
    ["archive_escapes", "a zip that names a file outside", escapingZip],
    ["archive_escapes", "a tar that does", () => tarGz([{ name: "/etc/cron.d/x", content: "a,b\n" }])],
    [
      "archive_special_entry",
      "a symbolic link in a tar",
      () => tarGz([{ name: "a.csv", type: "symlink", linkname: "/etc/passwd" }]),
    ],
    ["archive_special_entry", "a symbolic link in a zip", () => zip({ "a.csv": "/etc/passwd" }, 0o120777)],
    ["archive_special_entry", "a device", () => tarGz([{ name: "a", type: "character-device" }])],
    [
      "archive_nested",
      "an archive in an archive",
      async () => zip({ "inner.zip": await zip({ "a.csv": TEXT }) }),
    ],
    [
      "archive_too_many_files",
      "a thousand and one files",
      () => zip(Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`f${n}.csv`, ""]))),
    ],
    ["archive_ratio", "a bomb", () => zip({ "a.csv": Buffer.alloc(40 << 20, "a") })],
    ["archive_ratio", "a gzip bomb", () => gzipSync(Buffer.alloc(40 << 20, "a"))],
    [
      "archive_corrupt",
      "an archive that was cut off",
      async () => (await tarGz([{ name: "a.csv", content: TEXT.repeat(50) }])).subarray(0, 90),
    ],
    ["no_table", "an archive without a table", () => zip({ "README.md": "# nothing" })],
    ["malformed_json", "JSON that ends in the middle", () => '[{"a":1},{"a":'],
    ["no_table", "JSON without records", () => "[1,2,3]"],
    [
      "too_many_columns",
      "501 columns",
      () => `${Array.from({ length: 501 }, (_, n) => `c${n}`).join(",")}\n`,
    ],
  ])("%s for %s", async (code, _, make) => {
    expect(await refusalOf(await make())).toBe(code);
  });
});
