import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EventStream } from "./event-stream.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const big = (text: string) => JSON.stringify(text.repeat(20_000));

describe("an event stream", () => {
  it("keeps only the latest state for a reader that takes nothing", () => {
    const stream = new EventStream();
    stream.read(0);
    for (let index = 0; index < 1000; index++) stream.sendEvent("state", big(String(index % 10)));
    expect(stream.readableLength).toBeLessThan(100_000);
    const taken = String(stream.read() ?? "") + String(stream.read() ?? "");
    expect(taken.match(/^event: state$/gm)).toHaveLength(2);
    expect(taken.endsWith(`data: ${big("9")}\n\n`)).toBe(true);
    stream.destroy();
  });

  it("gives a reader up that takes nothing for half a minute", () => {
    const stream = new EventStream();
    stream.read(0);
    stream.sendEvent("state", big("a"));
    stream.sendEvent("state", big("b"));
    vi.advanceTimersByTime(29_000);
    expect(stream.destroyed).toBe(false);
    vi.advanceTimersByTime(17_000);
    expect(stream.destroyed).toBe(true);
  });

  it("says that it is alive every 15 seconds", async () => {
    const stream = new EventStream();
    let text = "";
    stream.on("data", (chunk) => {
      text += chunk;
    });
    await vi.advanceTimersByTimeAsync(31_000);
    expect(text.match(/: alive\n\n/g)).toHaveLength(2);
    stream.destroy();
  });

  it("ends after its lifetime, so that the reader is asked anew who it is", async () => {
    const stream = new EventStream(60_000);
    stream.resume();
    const ended = vi.fn();
    stream.on("end", ended);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(ended).toHaveBeenCalled();
  });

  it("finishing sends what was pending", async () => {
    const stream = new EventStream();
    stream.sendEvent("problem", "{}");
    stream.finish();
    let text = "";
    stream.on("data", (chunk) => {
      text += chunk;
    });
    await vi.advanceTimersByTimeAsync(1);
    expect(text).toBe("retry: 2000\n\nevent: problem\ndata: {}\n\n");
    expect(vi.getTimerCount()).toBe(0);
  });
});
