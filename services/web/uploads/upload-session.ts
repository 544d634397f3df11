import { DetailedError, type HttpResponse, Upload } from "tus-js-client";
import { Problem } from "../../shared/contracts/problem.ts";
import { UPLOADS_PATH, type UploadPurpose } from "../../shared/contracts/upload.ts";
import { ProblemError } from "../api-client/problem-error.ts";
import {
  interruptedBy,
  newItem,
  RememberedUpload,
  recall,
  remember,
  type UploadItem,
  withProgress,
} from "./upload-item.ts";

/** Small enough for proxies that hold a whole request back, large enough not to wait for answers. */
const CHUNK_BYTES = 32 * 1024 ** 2;
const AT_ONCE = 2;
const RETRY_DELAYS_MS = [0, 1_000, 3_000, 5_000, 10_000, 20_000];
const SHOWN_EVERY_MS = 250;

interface Transfer {
  upload: Upload | null;
  file: File;
  /** What has been sent, until it is shown. */
  progress: number | null;
}

const OTHER_FILE: Problem = {
  type: "about:blank",
  status: 409,
  code: "other_file",
  title: "This is another file, or it has changed since.",
  hint: "Choose the very same one, or cancel this upload and start anew.",
};

/**
 * The uploads that belong together, for example those of one dataset. Lives as long as the tab, so that going to
 * another page interrupts nothing; what a reload interrupts is remembered in the browser until its file is chosen again.
 */
export class UploadSession {
  readonly #purpose: UploadPurpose;
  readonly #storageKey: string;
  readonly #listeners = new Set<() => void>();
  readonly #transfers = new Map<string, Transfer>();
  #items: readonly UploadItem[];

  constructor(purpose: UploadPurpose, scope: string) {
    this.#purpose = purpose;
    this.#storageKey = `worksample-uploads:${scope}`;
    this.#items = readRemembered(this.#storageKey).map(recall);
    for (const item of this.#items) void this.#askServer(item);
    window.addEventListener("beforeunload", (event) => {
      if (this.isSending) event.preventDefault();
    });
    window.addEventListener("online", () => this.#resumeUnreachable());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly items = (): readonly UploadItem[] => this.#items;

  get isSending(): boolean {
    return this.#items.some(({ phase }) => ["sending", "reconnecting", "waiting"].includes(phase));
  }

  /** Takes files in; one that was interrupted earlier goes on where it was. */
  add(files: readonly File[]): void {
    for (const file of files) {
      const earlier = interruptedBy(this.#items, file);
      const item = earlier ?? newItem(crypto.randomUUID(), file);
      this.#transfers.set(item.key, { upload: null, file, progress: null });
      if (earlier) this.#change(item.key, { phase: "waiting", failure: null });
      else this.#replace([...this.#items, item]);
    }
    this.#startNext();
  }

  /** Goes on with an interrupted upload; says so when this is another file. */
  continueWith(key: string, file: File): void {
    const item = this.#items.find((one) => one.key === key);
    if (item && interruptedBy([item], file)) this.add([file]);
    else this.#change(key, { failure: OTHER_FILE });
  }

  pause(key: string): void {
    void this.#transfers.get(key)?.upload?.abort();
    this.#change(key, { phase: "paused", samples: [] });
    this.#startNext();
  }

  /** Goes on after a pause, or tries again what failed. */
  resume(key: string): void {
    this.#change(key, { phase: "waiting", failure: null });
    this.#startNext();
  }

  /** Takes a file away here and on the server. */
  cancel(key: string): void {
    const item = this.#items.find((one) => one.key === key);
    void this.#transfers.get(key)?.upload?.abort();
    this.#forget([key]);
    // The server removes by itself what nobody refers to; telling it only makes room sooner.
    if (item?.path) void Upload.terminate(item.path).catch(() => undefined);
    this.#startNext();
  }

  /** Lets go of files that have been handed over; they stay on the server. */
  release(): void {
    this.#forget(this.#items.filter(({ phase }) => phase === "stored").map(({ key }) => key));
  }

  #startNext(): void {
    const active = this.#items.filter(({ phase }) => phase === "sending" || phase === "reconnecting").length;
    for (const item of this.#items.filter(({ phase }) => phase === "waiting").slice(0, AT_ONCE - active))
      this.#start(item);
  }

  #start(item: UploadItem): void {
    const transfer = this.#transfers.get(item.key);
    if (!transfer) return;
    const { key } = item;
    const upload = new Upload(transfer.file, {
      endpoint: UPLOADS_PATH,
      uploadUrl: item.path,
      metadata: { filename: item.fileName, purpose: this.#purpose },
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => this.#change(key, { path: pathOf(upload.url) }),
      onProgress: (sent) => this.#progress(key, upload, sent),
      onShouldRetry: (error) => this.#retries(key, upload, error),
      onSuccess: () => this.#finish(key, upload),
      onError: (error) => this.#fail(key, upload, error),
    });
    transfer.upload = upload;
    this.#change(key, { phase: "sending", samples: [] });
    upload.start();
  }

  /** Events of a transfer that was paused or replaced come too late to matter. */
  #isCurrent(key: string, upload: Upload): boolean {
    const phase = this.#items.find((item) => item.key === key)?.phase;
    return this.#transfers.get(key)?.upload === upload && (phase === "sending" || phase === "reconnecting");
  }

  /** Told many times a second; shown a few. */
  #progress(key: string, upload: Upload, sent: number): void {
    const transfer = this.#transfers.get(key);
    if (!transfer || !this.#isCurrent(key, upload)) return;
    const isAwaited = transfer.progress !== null;
    transfer.progress = sent;
    if (!isAwaited) setTimeout(() => this.#showProgress(key, upload), SHOWN_EVERY_MS);
  }

  #showProgress(key: string, upload: Upload): void {
    const transfer = this.#transfers.get(key);
    const sent = transfer?.progress ?? null;
    if (!transfer || sent === null) return;
    transfer.progress = null;
    if (!this.#isCurrent(key, upload)) return;
    const now = performance.now();
    this.#replace(this.#items.map((item) => (item.key === key ? withProgress(item, sent, now) : item)));
  }

  #retries(key: string, upload: Upload, error: DetailedError): boolean {
    const status = error.originalResponse?.getStatus() ?? 0;
    // Another request may still hold the lock of this upload (423), and a busy server asks for patience (429).
    const mayPass = status === 0 || status === 409 || status === 423 || status === 429 || status >= 500;
    if (mayPass && this.#isCurrent(key, upload)) this.#change(key, { phase: "reconnecting", samples: [] });
    return mayPass && this.#isCurrent(key, upload);
  }

  #finish(key: string, upload: Upload): void {
    if (!this.#isCurrent(key, upload)) return;
    const bytes = this.#transfers.get(key)?.file.size ?? 0;
    this.#transfers.delete(key);
    this.#change(key, { phase: "stored", sent: bytes, samples: [] });
    this.#startNext();
  }

  #fail(key: string, upload: Upload, error: Error | DetailedError): void {
    if (!this.#isCurrent(key, upload)) return;
    const failure = problemOf(error);
    // Nothing is left to go on with: the next try starts afresh.
    const isGone = failure.status === 404 || failure.status === 410;
    this.#change(key, { phase: "failed", failure, samples: [], ...(isGone ? { path: null, sent: 0 } : {}) });
    this.#startNext();
  }

  #resumeUnreachable(): void {
    for (const { key, phase, failure } of this.#items)
      if (phase === "failed" && failure?.status === 0) this.resume(key);
  }

  /** After a reload: how much of an upload the server has, or that it has it no longer. */
  async #askServer({ key, path }: UploadItem): Promise<void> {
    if (!path) return;
    try {
      const response = await fetch(path, {
        method: "HEAD",
        headers: { "tus-resumable": "1.0.0" },
        cache: "no-store",
      });
      if (response.status === 404 || response.status === 410) return this.#forget([key]);
      const sent = Number(response.headers.get("upload-offset"));
      const item = this.#items.find((one) => one.key === key);
      if (!response.ok || !item || item.phase !== "interrupted") return;
      this.#change(key, sent >= item.bytes ? { phase: "stored", sent: item.bytes } : { sent });
    } catch {
      // Not reachable now; the transfer itself will find out.
    }
  }

  #change(key: string, change: Partial<UploadItem>): void {
    this.#replace(this.#items.map((item) => (item.key === key ? { ...item, ...change } : item)));
  }

  #forget(keys: readonly string[]): void {
    for (const key of keys) this.#transfers.delete(key);
    this.#replace(this.#items.filter(({ key }) => !keys.includes(key)));
  }

  #replace(items: readonly UploadItem[]): void {
    this.#items = items;
    writeRemembered(this.#storageKey, remember(items));
    for (const listener of this.#listeners) listener();
  }
}

function pathOf(url: string | null): string | null {
  return url === null ? null : new URL(url, window.location.href).pathname;
}

function problemOf(error: Error | DetailedError): Problem {
  const response: HttpResponse | null = error instanceof DetailedError ? error.originalResponse : null;
  if (!response || response.getStatus() === 0) return ProblemError.unreachable().problem;
  try {
    const parsed = Problem.safeParse(JSON.parse(response.getBody()));
    if (parsed.success) return parsed.data;
  } catch {
    // Not one of ours; said below.
  }
  return ProblemError.unexpected(error, response.getStatus()).problem;
}

function readRemembered(key: string): RememberedUpload[] {
  try {
    return RememberedUpload.array().parse(JSON.parse(localStorage.getItem(key) ?? "[]"));
  } catch {
    return [];
  }
}

function writeRemembered(key: string, uploads: readonly RememberedUpload[]): void {
  try {
    if (uploads.length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(uploads));
  } catch {
    // A browser without storage only loses the way back after a reload.
  }
}
