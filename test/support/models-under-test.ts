import OpenAI from "openai";
import { Agent, fetch as fetchWith, type RequestInit } from "undici";
import { afterEach, beforeEach } from "vitest";
import { type ModelUpstream, startModelUpstream } from "./model-upstream.ts";
import { type ModelsFixture, type ModelsOptions, startModels } from "./models-fixture.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

/** In billionths of a dollar, at the fixture's prices of a token: 10,000 of input, 1,000 cached, 100,000 of output. */
export const cost = (input: number, output: number, cached = 0): number =>
  (input - cached) * 10_000 + cached * 1_000 + output * 100_000;

export let database: TestDatabase;
export let upstream: ModelUpstream;
export let second: ModelUpstream;
export let models: ModelsFixture;
const closing: (() => Promise<unknown>)[] = [];

/** Gives each test of a file two upstreams, and ends what it starts. */
export function upstreamsForThisFile(): void {
  beforeEach(async () => {
    database = await createTestDatabase();
    [upstream, second] = await Promise.all([startModelUpstream(), startModelUpstream()]);
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    await Promise.all([upstream.close(), second.close()]);
    await database.drop();
  });
}

/** A gateway, which then stands in `models`. */
export async function start(options: Partial<ModelsOptions> = {}): Promise<ModelsFixture> {
  models = await startModels(database, { upstreams: [upstream], ...options });
  closing.push(() => models.close());
  return models;
}

/** The official client, as a program in the sandbox has it. */
export function client(path = "/v1"): OpenAI {
  const dispatcher = new Agent({ connect: { socketPath: models.socketPath } });
  closing.push(() => dispatcher.destroy());
  return new OpenAI({
    baseURL: `http://models.internal${path}`,
    apiKey: "provided-by-worksample",
    maxRetries: 0,
    fetch: ((url: string, init: RequestInit) => fetchWith(url, { ...init, dispatcher })) as never,
  });
}
