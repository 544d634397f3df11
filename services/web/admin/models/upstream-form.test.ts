import { describe, expect, it } from "vitest";
import type { UpstreamView } from "../../../shared/contracts/models.ts";
import { changeOf, missingOf, type UpstreamForm } from "./upstream-form.ts";

const AT = "2026-03-01T09:00:00.000Z";
const upstream: UpstreamView = {
  ...{ id: "00000000-0000-4000-8000-000000000001", name: "House", kind: "compatible", hasKey: true },
  ...{ baseUrl: "http://models.house.example/v1", keyHint: "wxyz", createdAt: AT, updatedAt: AT },
  ...{ archivedAt: null, test: null, models: [] },
};
const form = (change: Partial<UpstreamForm> = {}): UpstreamForm => ({
  ...{ name: upstream.name, baseUrl: upstream.baseUrl, apiKey: "", dropsKey: false },
  ...change,
});
const elsewhere = "https://api.example.com/v1";

describe("what is sent of an upstream that is there", () => {
  it.each<[string, Partial<UpstreamForm>, object]>([
    ["nothing", {}, {}],
    ["a slash more", { baseUrl: `${upstream.baseUrl}/` }, {}],
    ["a name", { name: " Other " }, { name: "Other" }],
    ["a key", { apiKey: "sk-1" }, { apiKey: "sk-1" }],
    ["no key any more", { dropsKey: true }, { apiKey: "" }],
    ["address and key", { baseUrl: elsewhere, apiKey: "sk-1" }, { baseUrl: elsewhere, apiKey: "sk-1" }],
  ])("%s", (_, change, sent) => expect(changeOf(form(change), upstream)).toEqual(sent));
});

describe("what cannot be sent", () => {
  it.each<[string, Partial<UpstreamForm>, UpstreamView | null, string[]]>([
    ["nothing new", {}, upstream, []],
    ["no name", { name: " " }, upstream, ["name"]],
    ["no address", { baseUrl: "" }, null, ["baseUrl"]],
    ["something else", { baseUrl: "ftp://a" }, null, ["baseUrl"]],
    ["another address without the key", { baseUrl: elsewhere }, upstream, ["apiKey"]],
    ["another address with the key", { baseUrl: elsewhere, apiKey: "sk-1" }, upstream, []],
    ["another address that wants none", { baseUrl: elsewhere, dropsKey: true }, upstream, []],
    ["another address where there was none", { baseUrl: elsewhere }, { ...upstream, hasKey: false }, []],
    ["a mock", { baseUrl: "mock:" }, { ...upstream, kind: "mock", baseUrl: "mock:" }, []],
  ])("%s", (_, change, of, problems) => expect(Object.keys(missingOf(form(change), of))).toEqual(problems));
});
