// Reads the dataset and the API once, to show that both are there. Run: node node/first-look.ts
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

const baseUrl = process.env.HELPDESK_BASE_URL ?? "http://helpdesk.internal/v1";
const headers = { authorization: `Bearer ${process.env.HELPDESK_API_KEY}` };

const byChannel = new Map<string, number>();
const lines = createInterface({ input: createReadStream("/datasets/support-tickets/jsonl/tickets.jsonl") });
for await (const line of lines) {
  const ticket = JSON.parse(line) as { channel: string | null };
  const channel = ticket.channel ?? "(missing)";
  byChannel.set(channel, (byChannel.get(channel) ?? 0) + 1);
}
console.table(Object.fromEntries(byChannel));

const response = await fetch(`${baseUrl}/tickets?status=open&limit=1`, { headers });
if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
console.dir(await response.json(), { depth: 4 });
