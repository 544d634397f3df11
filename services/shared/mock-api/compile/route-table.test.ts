import { expect, test } from "vitest";
import { RouteTable } from "./route-table.ts";

function table(...templates: string[]) {
  const routes = new RouteTable<string>();
  for (const template of templates) routes.add(template, template);
  return (path: string) => {
    const found = routes.find(path);
    return found && [found.value, Object.fromEntries(found.parameters)];
  };
}

test("concrete paths go before templated ones, and more text before less", () => {
  const find = table("/a/{x}", "/a/b", "/a/{x}.json", "/{y}/c", "/a/v{x}");
  expect(find("/a/b")).toEqual(["/a/b", {}]);
  expect(find("/a/z")).toEqual(["/a/{x}", { x: "z" }]);
  expect(find("/a/z.json")).toEqual(["/a/{x}.json", { x: "z" }]);
  expect(find("/a/v2")).toEqual(["/a/v{x}", { x: "2" }]);
  expect(find("/q/c")).toEqual(["/{y}/c", { y: "q" }]);
  expect(find("/a/c")).toEqual(["/a/{x}", { x: "c" }]);
  expect(find("/a")).toBeNull();
  expect(find("/a/")).toBeNull();
  expect(find("/a/b/c")).toBeNull();
});

test("a wrong turn is taken back", () => {
  const find = table("/a/b/x", "/a/{y}/z");
  expect(find("/a/b/z")).toEqual(["/a/{y}/z", { y: "b" }]);
});

test("one segment may hold several parameters", () => {
  const find = table("/{from}...{to}", "/report-{year}-{month}.csv", "/{name}:cancel", "/items({id})");
  expect(find("/main...dev")).toEqual(["/{from}...{to}", { from: "main", to: "dev" }]);
  expect(find("/report-2026-01.csv")).toEqual(["/report-{year}-{month}.csv", { year: "2026", month: "01" }]);
  expect(find("/job1:cancel")).toEqual(["/{name}:cancel", { name: "job1" }]);
  expect(find("/items(7)")).toEqual(["/items({id})", { id: "7" }]);
  expect(find("/report--.csv")).toBeNull();
  expect(find("/:cancel")).toBeNull();
});

test("text is compared decoded, parameters stay as they were sent", () => {
  const find = table("/a b/{x}");
  expect(find("/a%20b/c%2Cd")).toEqual(["/a b/{x}", { x: "c%2Cd" }]);
});

test("paths that cannot be told apart are refused", () => {
  expect(() => table("/a/{x}", "/a/{y}")).toThrow(/same requests/);
  expect(() => table("/a/{x}{y}")).toThrow(/touch/);
});

test("many templates that all fit in part are gone through once", () => {
  const templates = Array.from(
    { length: 2000 },
    (_, index) => `/{a}/{b}/{c}/${"{d}x".repeat(1)}${index}/end`,
  );
  const find = table(...templates);
  const begin = performance.now();
  for (let count = 0; count < 100; count++) find("/1/2/3/4x5/6");
  expect(performance.now() - begin).toBeLessThan(10_000);
});
