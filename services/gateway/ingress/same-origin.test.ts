import { expect, test } from "vitest";
import { mayOpenWebSocket, mayRequest } from "./same-origin.ts";

const own = "http://a.localhost:4001";
const foreign = "http://evil.example";
const navigation = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" };

test.each([
  ["a typed address", "GET", { "sec-fetch-site": "none", ...navigation }, true],
  ["the platform's frame", "GET", { "sec-fetch-site": "cross-site", ...navigation }, true],
  ["its own subresource", "GET", { "sec-fetch-site": "same-origin", "sec-fetch-mode": "no-cors" }, true],
  ["a program without a browser", "GET", {}, true],
  ["a script tag elsewhere", "GET", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }, false],
  [
    "a fetch of a sibling",
    "GET",
    { "sec-fetch-site": "same-site", "sec-fetch-mode": "cors", origin: foreign },
    false,
  ],
  [
    "an embedded object",
    "GET",
    { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "object" },
    false,
  ],
  ["a fetch by an old browser", "GET", { origin: foreign }, false],
  ["its own form", "POST", { origin: own }, true],
  [
    "its own form under a no-referrer policy",
    "POST",
    { origin: "null", "sec-fetch-site": "same-origin" },
    true,
  ],
  ["a form elsewhere", "POST", { origin: foreign, "sec-fetch-site": "cross-site", ...navigation }, false],
  [
    "a form of a page without origin",
    "POST",
    { origin: "null", "sec-fetch-site": "cross-site", ...navigation },
    false,
  ],
  ["a form of an old browser without Origin", "POST", {}, false],
  ["another port's form", "POST", { origin: "http://a.localhost:4002" }, false],
  ["another scheme's form", "DELETE", { origin: "https://a.localhost:4001" }, false],
])("%s: %s", (_name, method, headers, expected) => {
  expect(mayRequest(method, headers, own)).toBe(expected);
});

test.each([
  [own, true],
  [foreign, false],
  ["null", false],
  [undefined, false],
  [`${own}.evil.example`, false],
])("a WebSocket from %s: %s", (origin, expected) => {
  expect(mayOpenWebSocket({ origin }, own)).toBe(expected);
});
