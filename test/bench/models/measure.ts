import { Agent, request } from "node:http";

/** One way to the upstream: directly, or through a gateway. */
export interface Way {
  name: string;
  port: number;
  path: string;
  headers: Record<string, string>;
  model: string;
}

const MESSAGES = [
  { role: "system", content: "You sort support tickets into one of five teams." },
  { role: "user", content: "My card was charged twice for the same order, and nobody answers. ".repeat(10) },
];

/** Milliseconds that `count` requests take, one after the other over one connection. @throws when one fails */
export async function latencies(way: Way, count: number, stream: boolean): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const taken: number[] = [];
  for (let index = 0; index < count; index++) {
    const start = performance.now();
    await ask(way, stream, agent);
    taken.push(performance.now() - start);
  }
  agent.destroy();
  return taken;
}

/** Streams that come to their end in a second, with so many under way at once. */
export async function streamsPerSec(way: Way, seconds: number, atOnce: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const end = performance.now() + seconds * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (performance.now() < end) {
        await ask(way, true, agent);
        done += 1;
      }
    }),
  );
  agent.destroy();
  return done / seconds;
}

function ask({ port, path, headers, model }: Way, stream: boolean, agent: Agent): Promise<void> {
  const body = JSON.stringify({ model, messages: MESSAGES, max_tokens: 500, ...(stream ? { stream } : {}) });
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host: "127.0.0.1",
        port,
        path,
        method: "POST",
        agent,
        headers: { "content-type": "application/json", authorization: "Bearer bench", ...headers },
      },
      (response) => {
        let last = "";
        response.setEncoding("utf8");
        response.on("data", (text: string) => {
          last = text;
        });
        response.on("end", () => {
          const complete = stream ? last.endsWith("[DONE]\n\n") : last.includes("usage");
          if (response.statusCode === 200 && complete) resolve();
          else reject(new Error(`${port} answered ${response.statusCode}: ${last.slice(0, 300)}`));
        });
        response.on("error", reject);
      },
    );
    call.on("error", reject);
    call.end(body);
  });
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
