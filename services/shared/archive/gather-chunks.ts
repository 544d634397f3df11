/** The same bytes in chunks of at least `size`, but for the last: a stream of 512-byte pieces costs far more. */
export async function* gatherChunks(source: AsyncIterable<Buffer>, size = 64 * 1024): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    waiting.push(chunk);
    length += chunk.length;
    if (length < size) continue;
    yield Buffer.concat(waiting, length);
    waiting = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(waiting, length);
}
