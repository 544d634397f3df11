import { expect, test } from "vitest";
import { headersForBrowser, headersForSandbox } from "./forwarded-headers.ts";
import { locationOutside, pathInsideSandbox } from "./preview-path.ts";
import { confineSetCookie, SESSION_COOKIE, withoutSession } from "./session-cookie.ts";

const attemptId = "0d6a9d3e-5b8e-4d0b-9a53-3f0c5b1f2a77";
const ide = { attemptId, target: "ide", origin: "http://x.localhost", host: "x.localhost" } as const;
const preview = { attemptId, target: 3000, origin: "http://p.localhost", host: "p.localhost" } as const;

test.each([
  [`${SESSION_COOKIE}=secret`, undefined],
  [`a=1; ${SESSION_COOKIE}=secret; b=2`, "a=1; b=2"],
  [`a=1;${SESSION_COOKIE}=secret;b=2`, "a=1; b=2"],
  [`__HOST-Worksample=secret; a=1`, "a=1"],
  [` =${SESSION_COOKIE}=secret; a=1`, "a=1"],
  [`${SESSION_COOKIE}; a=1`, "a=1"],
  ["session=1; other=2", "session=1; other=2"],
  ["", undefined],
])("the sandbox gets %j as %j", (header, expected) => {
  expect(withoutSession(header)).toBe(expected);
});

test.each([
  [`${SESSION_COOKIE}=forged; Path=/`, null],
  [`__host-worksample=forged`, null],
  [`=${SESSION_COOKIE}=forged`, null],
  [`  ${SESSION_COOKIE} = forged`, null],
  ["a=1", "a=1; Secure; SameSite=None; Partitioned"],
  [
    "a=1; Domain=example.com; Path=/x; HttpOnly",
    "a=1; Path=/x; HttpOnly; Secure; SameSite=None; Partitioned",
  ],
  ["a=1; dOmAiN = .example.com", "a=1; Secure; SameSite=None; Partitioned"],
  ["a=1; SameSite=Lax; Secure; Max-Age=5", "a=1; Max-Age=5; Secure; SameSite=None; Partitioned"],
])("the browser gets the cookie %j as %j", (header, expected) => {
  expect(confineSetCookie(header)).toBe(expected);
});

test("what only we may say about the way here is said by us", () => {
  const raw = [
    ...["Host", "evil.example", "X-Forwarded-Host", "evil.example", "X-Forwarded-For", "6.6.6.6"],
    ...["Forwarded", "host=evil.example", "X-Real-IP", "6.6.6.6", "Connection", "keep-alive, X-Private"],
    ...["X-Private", "1", "Keep-Alive", "5", "Transfer-Encoding", "chunked", "Accept", "a", "Accept", "b"],
  ];
  expect(headersForSandbox(raw, ide, "https")).toEqual([
    ...["Host", "x.localhost", "X-Forwarded-Host", "x.localhost", "X-Forwarded-Proto", "https"],
    ...["Accept", "a", "Accept", "b"],
  ]);
});

const rules = (origin: typeof ide | typeof preview) => ({
  origin,
  frameAncestors: ["http://localhost:4000"],
  mapLocation: (location: string) => locationOutside(origin, location),
});
const ours = [
  ...["Content-Security-Policy", "frame-ancestors 'self' http://localhost:4000"],
  ...["Referrer-Policy", "same-origin", "Origin-Agent-Cluster", "?1"],
];

test("the sandbox cannot act on more than its own answer", () => {
  const raw = [
    ...["Clear-Site-Data", '"*"', "Strict-Transport-Security", "max-age=9", "Alt-Svc", 'h3=":443"'],
    ...["X-Frame-Options", "DENY", "Connection", "X-Secret", "X-Secret", "1", "Service-Worker-Allowed", "/"],
  ];
  expect(headersForBrowser(raw, rules(preview))).toEqual(["Service-Worker-Allowed", "/", ...ours]);
});

test.each([
  ["default-src 'self'; frame-ancestors 'none'; img-src *", "default-src 'self'; img-src *"],
  ["default-src 'self', FRAME-ANCESTORS 'none'", "default-src 'self'"],
  ["frame-ancestors 'none'", null],
  ["frame-ancestors", null],
  ["script-src 'nonce-frame-ancestors'", "script-src 'nonce-frame-ancestors'"],
])("policy %j keeps %j beside ours", (policy, kept) => {
  const headers = headersForBrowser(["Content-Security-Policy", policy], rules(preview));
  expect(headers).toEqual([...(kept === null ? [] : ["Content-Security-Policy", kept]), ...ours]);
});

test("types are taken at their word in the IDE, and left to the app in a preview", () => {
  expect(headersForBrowser([], rules(ide))).toContain("X-Content-Type-Options");
  expect(headersForBrowser([], rules(preview))).not.toContain("X-Content-Type-Options");
  const once = headersForBrowser(["x-content-type-options", "nosniff"], rules(ide));
  expect(once.filter((name) => name.toLowerCase() === "x-content-type-options")).toHaveLength(1);
});

test.each([
  ["/", "/proxy/3000/"],
  ["/a?b=/../c", "/proxy/3000/a?b=/../c"],
  ["/..a/b", "/proxy/3000/..a/b"],
  ["/../", null],
  ["/a/..", null],
  ["/%2e%2E/x", null],
  ["/.%2e/x", null],
  ["/a\\..\\b", null],
  ["/./x", null],
])("path %j of a preview is %j inside", (path, expected) => {
  expect(pathInsideSandbox(preview, path)).toBe(expected);
});

test("paths of the IDE are its own", () => {
  expect(pathInsideSandbox(ide, "/a/../b")).toBe("/a/../b");
});

test.each([
  ["/proxy/3000/login?next=/", "/login?next=/"],
  ["/proxy/3000", "/"],
  ["/proxy/3000?x", "/?x"],
  ["/proxy/30001/x", "/proxy/30001/x"],
  ["/proxy/3000//evil.example/", "/evil.example/"],
  ["/proxy/3000/\\evil.example/", "/evil.example/"],
  ["http://localhost:3000/x?y", "/x?y"],
  ["http://LOCALHOST:3000", "/"],
  ["http://127.0.0.1:3000//evil.example", "/evil.example"],
  ["http://localhost:8000/x", "http://localhost:8000/x"],
  ["https://docs.example/", "https://docs.example/"],
  ["next", "next"],
])("redirect %j of the app is %j outside", (location, expected) => {
  expect(locationOutside(preview, location)).toBe(expected);
});
