import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rm, stat, statfs, truncate } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { PlatformError } from "../../shared/contracts/problem.ts";
import {
  MAX_OPEN_UPLOAD_BYTES,
  MAX_UPLOAD_BYTES,
  type UploadPurpose,
} from "../../shared/contracts/upload.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import { uploadDir } from "../../shared/sandbox/layout.ts";
import type { ApiContext } from "../context.ts";
import {
  countOpenUploads,
  endUpload,
  findUpload,
  insertUpload,
  noteReceived,
  type UploadRow,
} from "../records/upload.ts";

const MAX_OPEN_UPLOADS = 200;
/** Kept free on the disk whatever is uploaded: a file lies there twice while it becomes a blob. */
const SPARE_DISK_BYTES = 1024 * 1024 * 1024;
/** Nothing arriving for so long means that nothing will. */
const STALL_MS = 60_000;

interface Receiving {
  /** Ends it: whoever comes later knows better where the connection stands. */
  stop: AbortController;
  done: Promise<unknown>;
}

/**
 * Files on their way in: a row of `upload` and a file of the same name in the staging directory, whose length is the
 * offset. So an upload goes on after a restart, and no byte of it is ever in memory for longer than it takes to
 * write it.
 */
export class Uploads {
  readonly #context: Pick<ApiContext, "db" | "blobs" | "config" | "log">;
  readonly #directory: string;
  readonly #receiving = new Map<string, Receiving>();
  /** The last bytes and a look at the offset may come together: the first stores, the other waits for it. */
  readonly #storing = new Map<string, Promise<UploadRow>>();

  constructor(context: Pick<ApiContext, "db" | "blobs" | "config" | "log">) {
    this.#context = context;
    this.#directory = uploadDir(context.config.dataDir);
  }

  /** @throws PlatformError upload_too_large, upload_quota, upload_no_space */
  async create(
    wanted: { bytes: number; fileName: string; purpose: UploadPurpose },
    actor: AuditActor,
  ): Promise<UploadRow> {
    if (wanted.bytes > MAX_UPLOAD_BYTES) throw new PlatformError("upload_too_large");
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const disk = await statfs(this.#directory);
    if (disk.bavail * disk.bsize < wanted.bytes * 2 + SPARE_DISK_BYTES)
      throw new PlatformError("upload_no_space");
    return this.#context.db.transaction().execute(async (transaction) => {
      const opened = await countOpenUploads(transaction);
      if (opened.count >= MAX_OPEN_UPLOADS || opened.bytes + wanted.bytes > MAX_OPEN_UPLOAD_BYTES)
        throw new PlatformError("upload_quota");
      const upload = await insertUpload(transaction, { ...wanted, createdBy: staffIdOfActor(actor) });
      await (await open(this.#pathOf(upload.id), "wx", 0o600)).close();
      await recordAudit(transaction, actor, {
        action: "upload.create",
        subject: subjectOf(upload),
        after: { bytes: wanted.bytes, purpose: wanted.purpose },
      });
      return upload;
    });
  }

  /** The row with `received` as it really stands. @throws PlatformError upload_not_found, upload_expired */
  async find(id: string): Promise<UploadRow> {
    const upload = await findUpload(this.#context.db, id);
    if (!upload) throw new PlatformError("upload_not_found");
    if (upload.state !== "receiving") return upload;
    const file = await stat(this.#pathOf(id)).catch(() => null);
    if (file) return { ...upload, received: file.size };
    // Its file goes when it is stored; that may have been just now.
    const since = await findUpload(this.#context.db, id);
    if (since && since.state !== "receiving") return since;
    throw new PlatformError("upload_expired");
  }

  /**
   * Appends at `offset`; what arrived before a connection broke is kept. A complete upload is stored before this
   * resolves.
   * @throws PlatformError upload_not_found, upload_expired, upload_offset, upload_too_large
   */
  async append(id: string, offset: number, body: Readable, actor: AuditActor): Promise<UploadRow> {
    await this.#interrupt(id);
    const upload = await this.find(id);
    if (upload.state === "cancelled" || upload.state === "failed") throw new PlatformError("upload_expired");
    if (upload.received !== offset)
      throw new PlatformError("upload_offset", `It stands at ${upload.received}.`);
    if (upload.state === "stored") return upload;
    // Two that come at once both find nobody to interrupt: the first one writes.
    if (this.#receiving.has(id)) throw tookOver();
    // Told at once where the request says how much it brings; else while it is read.
    const announced = Number((body as Partial<IncomingMessage>).headers?.["content-length"] ?? 0);
    if (announced > upload.bytes - offset) throw tooMuch();
    const stop = new AbortController();
    const done = this.#receive(upload, body, stop.signal);
    const receiving = { stop, done };
    this.#receiving.set(id, receiving);
    try {
      const received = await done;
      return received < upload.bytes ? { ...upload, received } : await this.ensureStored(id, actor);
    } finally {
      if (this.#receiving.get(id) === receiving) this.#receiving.delete(id);
    }
  }

  /** Stores an upload whose bytes are all there; an earlier try may have been cut off. */
  async ensureStored(id: string, actor: AuditActor): Promise<UploadRow> {
    const upload = await this.find(id);
    if (upload.state !== "receiving" || upload.received < upload.bytes) return upload;
    const storing =
      this.#storing.get(id) ?? this.#store(upload, actor).finally(() => this.#storing.delete(id));
    this.#storing.set(id, storing);
    return storing;
  }

  async #store(upload: UploadRow, actor: AuditActor): Promise<UploadRow> {
    const { id } = upload;
    const written = await this.#context.blobs.write(createReadStream(this.#pathOf(id))).catch(nullIfGone);
    if (!written) return this.find(id);
    const { sha256 } = written;
    await this.#context.db.transaction().execute(async (transaction) => {
      const ended = await endUpload(transaction, id, { state: "stored", sha256, received: upload.bytes });
      if (ended)
        await recordAudit(transaction, actor, {
          action: "upload.complete",
          subject: subjectOf(upload),
          after: { bytes: upload.bytes, sha256 },
        });
    });
    await rm(this.#pathOf(id), { force: true });
    return this.find(id);
  }

  /** Harmless when it is over. @throws PlatformError upload_not_found */
  async cancel(id: string, actor: AuditActor): Promise<void> {
    const upload = await findUpload(this.#context.db, id);
    if (!upload) throw new PlatformError("upload_not_found");
    await this.#context.db.transaction().execute(async (transaction) => {
      if (await endUpload(transaction, id, { state: "cancelled" }))
        await recordAudit(transaction, actor, { action: "upload.cancel", subject: subjectOf(upload) });
    });
    await this.#interrupt(id);
    await rm(this.#pathOf(id), { force: true });
  }

  #pathOf(id: string): string {
    return join(this.#directory, id);
  }

  async #interrupt(id: string): Promise<void> {
    for (let other = this.#receiving.get(id); other; other = this.#receiving.get(id)) {
      other.stop.abort();
      await other.done.catch(() => {});
      if (this.#receiving.get(id) === other) this.#receiving.delete(id);
    }
  }

  /** @returns how many bytes are there now */
  async #receive(upload: UploadRow, body: Readable, signal: AbortSignal): Promise<number> {
    const path = this.#pathOf(upload.id);
    const limit = new ByteLimit(upload.bytes - upload.received);
    const stalled = new StallWatch(body);
    try {
      const file = createWriteStream(path, { flags: "r+", start: upload.received });
      await pipeline(body, limit, file, { signal });
    } catch (error) {
      if (error instanceof PlatformError) {
        await truncate(path, upload.received).catch(nullIfGone);
        throw error;
      }
      if (signal.aborted) throw tookOver();
      if (stalled.isStalled) throw new PlatformError("request_too_slow");
      throw nullIfGone(error) ?? new PlatformError("upload_expired");
    } finally {
      stalled.stop();
      const { size } = await stat(path).catch(() => ({ size: 0 }));
      await noteReceived(this.#context.db, upload.id, size);
    }
    const file = await stat(path).catch(nullIfGone);
    if (!file) throw new PlatformError("upload_expired");
    return file.size;
  }
}

function subjectOf(upload: UploadRow) {
  return { type: "upload", id: upload.id, label: upload.file_name };
}

function tookOver(): PlatformError {
  return new PlatformError("upload_offset", "Another request took the upload over.");
}

/** The file was cancelled, stored, or its time ran out, while somebody was at it. */
function nullIfGone(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
  throw error;
}

function tooMuch(): PlatformError {
  return new PlatformError("upload_invalid", "These are more bytes than Upload-Length announced.");
}

/** Refuses more than was announced. */
class ByteLimit extends Transform {
  #left: number;
  constructor(bytes: number) {
    super();
    this.#left = bytes;
  }
  override _transform(chunk: Buffer, _: string, done: (error: Error | null, chunk?: Buffer) => void): void {
    this.#left -= chunk.length;
    if (this.#left < 0) done(tooMuch());
    else done(null, chunk);
  }
}

/** Ends a body of which nothing arrives any more. */
class StallWatch {
  isStalled = false;
  readonly #timer: NodeJS.Timeout;
  constructor(body: Readable) {
    this.#timer = setTimeout(() => {
      this.isStalled = true;
      body.destroy(new Error("nothing arrived"));
    }, STALL_MS);
    body.on("data", () => this.#timer.refresh());
    body.pause();
  }
  stop(): void {
    clearTimeout(this.#timer);
  }
}
