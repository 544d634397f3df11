/**
 * An upstream that answers at once, always the same: what is measured is what stands before it. Streams have 50 words.
 * Tells its parent where; ends when the parent disconnects.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chunk, usageChunk } from "../../support/model-upstream.ts";

const WHOLE = JSON.stringify({
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1,
  model: "bench",
  choices: [{ index: 0, message: { role: "assistant", content: "word ".repeat(50) }, finish_reason: "stop" }],
  usage: { prompt_tokens: 200, completion_tokens: 50, total_tokens: 250 },
});
const WORDS = Array.from({ length: 50 }, (_, index) => chunk(` word${index}`));
const END = [usageChunk({ prompt_tokens: 200, completion_tokens: 50 }), "data: [DONE]\n\n"];

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (piece: Buffer) => chunks.push(piece));
  request.on("end", () => {
    if (!Buffer.concat(chunks).includes('"stream":true')) {
      response.writeHead(200, { "content-type": "application/json" }).end(WHOLE);
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const word of WORDS) response.write(word);
    response.end(END.join(""));
  });
});
server.listen(0, "127.0.0.1", () => process.send!({ port: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit(0));
