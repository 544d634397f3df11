/**
 * Tar entries as bytes, because names are bytes: POSIX ustar, with a PAX header where a name or a target is longer
 * than the 100 bytes of its field, or a file larger than 8 GiB. What is written here is a function of the arguments alone, so a reader can
 * make the same bytes again and compare, instead of interpreting somebody's tar.
 */
export interface TarEntry {
  type: "file" | "directory" | "symlink";
  /** Without a trailing slash. */
  path: Buffer;
  /** Permission bits; setuid, setgid and sticky are never written, so that unpacking as root arms nothing. */
  mode: number;
  /** Milliseconds; a tar has whole seconds, from 1970 on. */
  mtimeMs: number;
  size?: number;
  target?: Buffer;
  /** Numeric user and group. */
  owner: number;
}

export const BLOCK = 512;
const FIELD = 100;
const MAX_OCTAL = 0o77777777777;
const TYPE_FLAGS = { file: "0", symlink: "2", directory: "5", pax: "x" } as const;

/** Two empty blocks. */
export const END_OF_TAR = Buffer.alloc(2 * BLOCK);

/** Zeros that fill the last block of `size` bytes. */
export function paddingOf(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

/** Everything in front of an entry's content. */
export function tarHeader(entry: TarEntry): Buffer {
  const name = entry.type === "directory" ? Buffer.concat([entry.path, Buffer.from("/")]) : entry.path;
  const target = entry.target ?? Buffer.alloc(0);
  const size = entry.size ?? 0;
  const records: Buffer[] = [];
  if (name.length > FIELD) records.push(paxRecord("path", name));
  if (target.length > FIELD) records.push(paxRecord("linkpath", target));
  const main = block({ ...entry, name, target, flag: TYPE_FLAGS[entry.type], size });
  if (size > MAX_OCTAL) records.push(paxRecord("size", Buffer.from(String(size))));
  if (records.length === 0) return main;
  const content = Buffer.concat(records);
  const pax = block({
    name: Buffer.from("././@PaxHeader"),
    target: Buffer.alloc(0),
    flag: TYPE_FLAGS.pax,
    mode: 0o644,
    mtimeMs: 0,
    owner: entry.owner,
    size: content.length,
  });
  return Buffer.concat([pax, content, paddingOf(content.length), main]);
}

interface Block {
  name: Buffer;
  target: Buffer;
  flag: string;
  mode: number;
  mtimeMs: number;
  owner: number;
  size: number;
}

function block(fields: Block): Buffer {
  const bytes = Buffer.alloc(BLOCK);
  fields.name.copy(bytes, 0, 0, FIELD);
  bytes.write(octal(fields.mode & 0o777, 7), 100);
  bytes.write(octal(fields.owner, 7), 108);
  bytes.write(octal(fields.owner, 7), 116);
  bytes.write(octal(Math.min(fields.size, MAX_OCTAL), 11), 124);
  bytes.write(octal(Math.min(Math.max(Math.floor(fields.mtimeMs / 1000), 0), MAX_OCTAL), 11), 136);
  bytes.write("        ", 148);
  bytes.write(fields.flag, 156);
  fields.target.copy(bytes, 157, 0, FIELD);
  bytes.write("ustar\0" + "00", 257);
  let sum = 0;
  for (const byte of bytes) sum += byte;
  bytes.write(`${octal(sum, 6)}\0 `, 148);
  return bytes;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}

/** `<length> <key>=<value>\n`, where the length counts its own digits. */
function paxRecord(key: string, value: Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from("\n")]);
  let length = rest.length + 1;
  while (length !== rest.length + String(length).length) length = rest.length + String(length).length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}
