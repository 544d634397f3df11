import fc from "fast-check";

/** Texts that have broken something somewhere. */
export const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    "\0",
    "\ud800",
    "'; drop table invitation; --",
    "../../etc/passwd",
    "%00",
    "__proto__",
    "constructor",
    "1e999",
    "-0",
    "9007199254740993",
  ),
);
/** Anything at all, as JSON can say it. */
export const value = fc.oneof(
  nasty,
  fc.constantFrom(
    null,
    true,
    -1,
    0,
    1,
    2 ** 31,
    2 ** 53 - 1,
    1e308,
    1.5,
    [],
    {},
    "2020-02-30T00:00:00Z",
    "9999-12-31T23:59:59Z",
  ),
  fc.dictionary(
    fc.constantFrom("works", "readable", "__proto__", "x"),
    fc.record({ level: fc.constantFrom(1, 6, null, "1"), evidence: nasty }),
  ),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
);

/** A body that is right but for one or two places. */
export function almost(right: unknown): fc.Arbitrary<unknown> {
  const places = placesIn(right);
  const change = fc.record({
    place: fc.constantFrom(...places),
    put: fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: fc.constant(undefined) }),
  });
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(right) },
    {
      weight: 4,
      arbitrary: fc.array(change, { minLength: 1, maxLength: 2 }).map((changes) => changed(right, changes)),
    },
  );
}

/** Where in the body something stands, as the names on the way. */
function placesIn(body: unknown, at: string[] = []): string[][] {
  if (typeof body !== "object" || body === null) return [at];
  return [at, ...Object.entries(body).flatMap(([name, part]) => placesIn(part, [...at, name]))];
}

function changed(right: unknown, changes: { place: string[]; put: unknown }[]): unknown {
  let body = structuredClone(right);
  for (const { place, put } of changes) {
    if (place.length === 0) body = put;
    else {
      let owner = body as Record<string, unknown> | undefined;
      for (const name of place.slice(0, -1)) owner = owner?.[name] as Record<string, unknown> | undefined;
      // An earlier change may have taken the place away.
      if (typeof owner === "object" && owner !== null) owner[place.at(-1)!] = put;
    }
  }
  return body;
}
