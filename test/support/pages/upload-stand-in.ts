import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answers } from "./page-server.ts";

const UPLOADS = "/api/admin/uploads";

/** An upload as the stand-in holds it. */
export interface StandInUpload {
  id: string;
  bytes: number;
  received: number;
  metadata: Record<string, string>;
}

/** What the page asked for, in order, for example `PATCH 0`. */
export class UploadStandIn {
  readonly uploads = new Map<string, StandInUpload>();
  readonly asked: string[] = [];
  /** Takes so many bytes of each file, then neither takes nor answers anything. */
  stopsAfter: number | null = null;
  /** Answers the creation of an upload with this problem. */
  refusal: { status: number; body: unknown } | null = null;
  #next = 1;

  /** Enough of the tus protocol for `count` uploads: create, ask, append, take away. */
  answers(count = 4): Answers {
    const answers: Answers = {
      [`POST ${UPLOADS}`]: { handle: (request, response) => this.#create(request, response) },
    };
    for (let number = 1; number <= count; number += 1) {
      const id = uploadId(number);
      const path = `${UPLOADS}/${id}`;
      answers[`HEAD ${path}`] = { handle: (_request, response) => this.#tell(id, response) };
      answers[`PATCH ${path}`] = { handle: (request, response) => this.#append(id, request, response) };
      answers[`DELETE ${path}`] = { handle: (_request, response) => this.#remove(id, response) };
    }
    return answers;
  }

  #create(request: IncomingMessage, response: ServerResponse): void {
    this.asked.push("POST");
    if (this.refusal) {
      response.writeHead(this.refusal.status, { "content-type": "application/problem+json" });
      response.end(JSON.stringify(this.refusal.body));
      return;
    }
    const id = uploadId(this.#next++);
    const bytes = Number(request.headers["upload-length"]);
    const metadata = readMetadata(String(request.headers["upload-metadata"] ?? ""));
    this.uploads.set(id, { id, bytes, received: 0, metadata });
    response.writeHead(201, { location: `${UPLOADS}/${id}`, "tus-resumable": "1.0.0" }).end();
  }

  #tell(id: string, response: ServerResponse): void {
    this.asked.push("HEAD");
    const upload = this.uploads.get(id);
    if (!upload) return void response.writeHead(404).end();
    response.writeHead(200, {
      "tus-resumable": "1.0.0",
      "upload-offset": upload.received,
      "upload-length": upload.bytes,
    });
    response.end();
  }

  #append(id: string, request: IncomingMessage, response: ServerResponse): void {
    const upload = this.uploads.get(id);
    this.asked.push(`PATCH ${request.headers["upload-offset"]}`);
    if (!upload) return void response.writeHead(404).end();
    request.on("data", (chunk: Buffer) => {
      const room = this.stopsAfter === null ? chunk.length : Math.max(0, this.stopsAfter - upload.received);
      upload.received += Math.min(room, chunk.length);
      if (room < chunk.length) request.pause();
    });
    request.on("end", () =>
      response.writeHead(204, { "tus-resumable": "1.0.0", "upload-offset": upload.received }).end(),
    );
  }

  #remove(id: string, response: ServerResponse): void {
    this.asked.push("DELETE");
    this.uploads.delete(id);
    response.writeHead(204, { "tus-resumable": "1.0.0" }).end();
  }
}

export const uploadId = (number: number) => `0b0b0b0b-0000-4000-8000-${String(number).padStart(12, "0")}`;

function readMetadata(header: string): Record<string, string> {
  const pairs = header.split(",").map((pair) => pair.trim().split(" "));
  return Object.fromEntries(
    pairs.map(([key, value]) => [key ?? "", Buffer.from(value ?? "", "base64").toString("utf8")]),
  );
}
