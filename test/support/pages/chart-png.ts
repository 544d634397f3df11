import { crc32, deflateSync } from "node:zlib";

const WIDTH = 320;
const HEIGHT = 200;

/** A small bar chart as a PNG, in base64: a picture a candidate could have made. */
export function chartPng(): string {
  const rows = Buffer.alloc((WIDTH * 3 + 1) * HEIGHT, 255);
  for (let y = 0; y < HEIGHT; y += 1) {
    rows[y * (WIDTH * 3 + 1)] = 0;
    for (let x = 0; x < WIDTH; x += 1) rows.set(colourAt(x, y), y * (WIDTH * 3 + 1) + 1 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const parts = [
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat(parts).toString("base64");
}

function colourAt(x: number, y: number): number[] {
  const bar = Math.floor((x - 30) / 55);
  const isBar = bar >= 0 && bar < 5 && (x - 30) % 55 < 38;
  const height = [150, 120, 90, 130, 60][bar] ?? 0;
  if (isBar && y < 180 && y > 180 - height) return [30, 120, 96];
  return y === 180 ? [90, 90, 90] : [250, 250, 248];
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
