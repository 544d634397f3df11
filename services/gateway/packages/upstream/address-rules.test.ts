import { describe, expect, test } from "vitest";
import { isPublicAddress, mayBePublic, publicLookup } from "./address-rules.ts";

describe("an address", () => {
  test.each([
    ["8.8.8.8", true],
    ["104.16.0.35", true],
    ["2606:4700::6810:22", true],
    ["127.0.0.1", false],
    ["127.255.255.254", false],
    ["0.0.0.0", false],
    ["10.1.2.3", false],
    ["172.16.0.1", false],
    ["172.31.255.255", false],
    ["172.32.0.1", true],
    ["192.168.0.1", false],
    ["169.254.169.254", false],
    ["100.64.0.1", false],
    ["192.0.2.1", false],
    ["198.18.0.1", false],
    ["224.0.0.1", false],
    ["255.255.255.255", false],
    ["::", false],
    ["::1", false],
    ["fe80::1", false],
    ["fc00::1", false],
    ["fd12:3456::1", false],
    ["ff02::1", false],
    ["::ffff:127.0.0.1", false],
    ["::ffff:10.0.0.1", false],
    ["::ffff:8.8.8.8", true],
    ["64:ff9b::7f00:1", false],
    ["64:ff9b:1::7f00:1", false],
    ["2002:7f00:1::", false],
    ["2001:db8::1", false],
    ["::127.0.0.1", false],
    ["nonsense", false],
  ])("%s is public: %s", (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected);
  });
});

describe("an address of a file", () => {
  test.each([
    ["https://files.pythonhosted.org/packages/a.whl", true],
    ["https://files.pythonhosted.org./a", true],
    ["http://8.8.8.8/a", true],
    ["http://127.0.0.1/a", false],
    ["http://2130706433/a", false],
    ["http://0177.0.0.1/a", false],
    ["http://127.1/a", false],
    ["http://[::1]/a", false],
    ["http://[::ffff:7f00:1]/a", false],
    ["http://127.0.0.1./a", false],
    ["http://localhost/a", false],
    ["http://LOCALHOST./a", false],
    ["http://a.localhost/a", false],
    ["http://database/a", false],
    ["http://metadata.google.internal/a", false],
    ["http://printer.local/a", false],
  ])("%s may be public: %s", (address, expected) => {
    expect(mayBePublic(new URL(address))).toBe(expected);
  });
});

describe("looking a name up", () => {
  const PRIVATE = { address: "10.0.0.1", family: 4 };
  const PUBLIC = { address: "8.8.8.8", family: 4 };

  const lookUp = (found: (typeof PUBLIC)[], all: boolean) =>
    new Promise((resolve) =>
      publicLookup(async () => found)("files.example.com", { all }, (error, address) =>
        resolve(error?.name ?? address),
      ),
    );

  test.each([
    [[PUBLIC], [PUBLIC], "8.8.8.8"],
    [[PRIVATE, PUBLIC], [PUBLIC], "8.8.8.8"],
    [[PRIVATE], "AddressRefused", "AddressRefused"],
    [[], "AddressRefused", "AddressRefused"],
  ])("of %j gives %j", async (found, all, single) => {
    expect(await lookUp(found, true)).toEqual(all);
    expect(await lookUp(found, false)).toEqual(single);
  });
});
