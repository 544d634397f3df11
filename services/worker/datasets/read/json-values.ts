import { refuse } from "./detect-format.ts";
import { IMPORT_LIMITS } from "./import-limits.ts";

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const isSpace = (byte: number) => byte === 32 || byte === 10 || byte === 13 || byte === 9;
const LARGEST_VALUE = IMPORT_LIMITS.rowBytes * 4;

/** One record of a JSON file. `member` is the top-level member whose array it is in, null for a top-level array. */
export interface JsonValue {
  member: string | null;
  text: string;
  line: number;
}

/**
 * Finds records in a JSON document without ever holding all of it: the elements of a top-level array, the elements
 * of arrays that are members of a top-level object, or, where there is neither, the object itself. Only brackets and
 * strings are looked at; whether a record is valid is for the caller to see.
 */
export class JsonValueFinder {
  readonly #onValue: (value: JsonValue) => void;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #inString = false;
  #escaped = false;
  #depth = 0;
  #top: "none" | "array" | "object" = "none";
  /** Depth at which records are. */
  #recordDepth = 1;
  #collecting = false;
  #line = 1;
  #startLine = 1;
  #key = "";
  #afterColon = false;
  #done = false;
  /** Members of a top-level object that are no arrays of records. */
  readonly scalars: string[] = [];
  #rootObject: Buffer[] | null = [];
  #rootBytes = 0;
  found = 0;

  constructor(onValue: (value: JsonValue) => void) {
    this.#onValue = onValue;
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (byte === 10) this.#line++;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
        continue;
      }
      if (isSpace(byte)) continue;
      if (this.#done) this.#fail("there is more after its end");
      if (this.#top === "none") {
        this.#open(byte);
        from = at + 1;
        continue;
      }
      if (this.#depth === this.#recordDepth && !this.#collecting) {
        if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) {
          this.#close(byte);
          from = at + 1;
          continue;
        }
        if (byte === COMMA) continue;
        this.#collecting = true;
        this.#startLine = this.#line;
        from = at;
      }
      if (byte === QUOTE) this.#inString = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        this.#depth++;
        if (this.#isMemberArray(byte)) {
          this.#keep(chunk, from, at);
          this.#enterMember();
          from = at + 1;
        }
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        // The record ends where its container does.
        if (this.#depth === this.#recordDepth) {
          this.#finish(chunk, from, at);
          this.#close(byte);
          from = at + 1;
          continue;
        }
        this.#depth--;
      } else if (byte === COMMA && this.#depth === this.#recordDepth) {
        this.#finish(chunk, from, at);
        from = at + 1;
      } else if (byte === COLON && this.#top === "object" && this.#depth === 1) this.#afterColon = true;
    }
    if (this.#collecting) this.#keep(chunk, from, chunk.length);
    this.#checkSize();
  }

  end(): void {
    if (this.#top === "none") refuse("empty_file", "The file holds nothing but white space.");
    if (!this.#done) this.#fail("it ends in the middle");
    if (this.#top === "object" && this.found === 0 && this.#rootObject)
      this.#onValue({ member: null, text: `{${Buffer.concat(this.#rootObject).toString("utf8")}}`, line: 1 });
  }

  #open(byte: number): void {
    if (byte !== OPEN_BRACKET && byte !== OPEN_BRACE) this.#fail("it starts with neither [ nor {");
    this.#top = byte === OPEN_BRACKET ? "array" : "object";
    this.#depth = 1;
  }

  /** A member of the top-level object that is an array: its elements are the records from here on. */
  #isMemberArray(byte: number): boolean {
    return (
      byte === OPEN_BRACKET &&
      this.#top === "object" &&
      this.#depth === 2 &&
      this.#recordDepth === 1 &&
      this.#afterColon
    );
  }

  #enterMember(): void {
    const head = Buffer.concat(this.#pending).toString("utf8");
    try {
      this.#key = JSON.parse(head.slice(0, head.lastIndexOf(":"))) as string;
    } catch {
      this.#fail(`line ${this.#line} names no member`);
    }
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#collecting = false;
    this.#recordDepth = 2;
    this.#rootObject = null;
  }

  #keep(chunk: Buffer, from: number, to: number): void {
    if (to <= from) return;
    this.#pending.push(Buffer.from(chunk.subarray(from, to)));
    this.#pendingBytes += to - from;
  }

  #finish(chunk: Buffer, from: number, to: number): void {
    this.#keep(chunk, from, to);
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#collecting = false;
    this.#afterColon = false;
    if (this.#top === "object" && this.#recordDepth === 1) {
      this.scalars.push(bytes.subarray(0, 100).toString("utf8"));
      if (this.#rootObject) this.#rootObject.push(...(this.#rootBytes > 0 ? [Buffer.from(",")] : []), bytes);
      this.#rootBytes += bytes.length;
      if (this.#rootBytes > LARGEST_VALUE) this.#rootObject = null;
      return;
    }
    this.found++;
    this.#onValue({
      member: this.#top === "object" ? this.#key : null,
      text: bytes.toString("utf8"),
      line: this.#startLine,
    });
  }

  #close(byte: number): void {
    this.#depth--;
    if (this.#recordDepth === 2) {
      if (byte !== CLOSE_BRACKET) this.#fail(`line ${this.#line} closes what was not opened`);
      this.#recordDepth = 1;
      this.#afterColon = false;
      return;
    }
    if (byte !== (this.#top === "array" ? CLOSE_BRACKET : CLOSE_BRACE))
      this.#fail(`line ${this.#line} closes what was not opened`);
    this.#done = true;
  }

  #checkSize(): void {
    if (this.#pendingBytes > LARGEST_VALUE)
      refuse(
        "malformed_json",
        `The record on line ${this.#startLine} is larger than ${LARGEST_VALUE / 1024 ** 2} MiB.`,
      );
  }

  #fail(why: string): never {
    refuse("malformed_json", `This is not valid JSON: ${why}.`);
  }
}
