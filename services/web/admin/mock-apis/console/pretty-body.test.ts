import { describe, expect, it } from "vitest";
import { prettyBody } from "./pretty-body.ts";

describe("a logged body", () => {
  it("gets line breaks where it is JSON", () => {
    expect(prettyBody('{"a":[1,null]}')).toBe('{\n  "a": [\n    1,\n    null\n  ]\n}');
  });

  it.each(['{"id":100000000000000007}', '{"data":[{"id', "plain", "", '"text"', "12"])(
    "stays as it is where printing it anew could change it: %s",
    (text) => expect(prettyBody(text)).toBe(text),
  );
});
