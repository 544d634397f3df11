import type { ModelView, UpstreamView } from "../../../services/shared/contracts/models.ts";

const id = (group: string, number: number) =>
  `0198a0c1-${group}-7000-8000-${String(number).padStart(12, "0")}`;
export const UPSTREAM_ID = (number: number) => id("0001", number);
export const MODEL_ID = (number: number) => id("0002", number);
export const UPSTREAMS_API = "/api/admin/model-upstreams";
export const UPSTREAM_API = `${UPSTREAMS_API}/${UPSTREAM_ID(1)}`;
const AT = "2026-03-12T09:12:00.000Z";

const model = (
  upstream: number,
  number: number,
  name: string,
  changes: Partial<ModelView> = {},
): ModelView => ({
  id: MODEL_ID(number),
  upstreamId: UPSTREAM_ID(upstream),
  name,
  kind: "chat",
  price: { inputUsdPerMTok: 0.25, cachedInputUsdPerMTok: 0.025, outputUsdPerMTok: 2 },
  archivedAt: null,
  ...changes,
});

const upstream = (number: number, name: string, changes: Partial<UpstreamView> = {}): UpstreamView => ({
  id: UPSTREAM_ID(number),
  name,
  kind: "compatible",
  baseUrl: "https://api.openai.com/v1",
  hasKey: true,
  keyHint: "wxyz",
  createdAt: AT,
  updatedAt: AT,
  archivedAt: null,
  test: null,
  models: [],
  ...changes,
});

const FREE = { inputUsdPerMTok: 0, cachedInputUsdPerMTok: 0, outputUsdPerMTok: 0 };

/** A provider that answers, a server of the house without a key that does not, the mock, and one archived. */
export const UPSTREAMS: UpstreamView[] = [
  upstream(1, "OpenAI", {
    test: {
      ...{ at: AT, ok: true, message: "It answers, and lists 4 models.", durationMs: 412 },
      models: ["gpt-5", "gpt-5-mini", "gpt-5-nano", "text-embedding-3-small"],
    },
    models: [
      model(1, 1, "gpt-5-mini"),
      model(1, 2, "gpt-5", { price: null }),
      model(1, 3, "text-embedding-3-small", {
        kind: "embedding",
        price: { inputUsdPerMTok: 0.02, cachedInputUsdPerMTok: 0.02, outputUsdPerMTok: 0 },
      }),
      model(1, 4, "gpt-4o-mini", { archivedAt: AT }),
    ],
  }),
  upstream(2, "GPU server", {
    ...{ baseUrl: "http://gpu-1.house.example:8000/v1", hasKey: false, keyHint: "" },
    test: {
      ...{ at: AT, ok: false, durationMs: 5003, models: [] },
      message: "gpu-1.house.example:8000 did not take the connection in time. A firewall may be in between.",
    },
    models: [model(2, 5, "meta-llama/Llama-3.1-8B-Instruct", { price: FREE })],
  }),
  upstream(3, "Mock", {
    ...{ kind: "mock", baseUrl: "http://127.0.0.1:4010/v1", hasKey: false, keyHint: "" },
    models: [model(3, 6, "mock-small", { price: FREE })],
  }),
  upstream(4, "Last year's provider", {
    ...{ archivedAt: AT, keyHint: "" },
    models: [model(4, 7, "old-model")],
  }),
];
