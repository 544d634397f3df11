import { describe, expect, it } from "vitest";
import { isForbiddenAddress } from "./forbidden-address.ts";

describe("isForbiddenAddress", () => {
  it.each([
    "169.254.169.254",
    "169.254.0.1",
    "[fe80::1]",
    "fe80::1%eth0",
    "febf::1",
    "[::ffff:169.254.169.254]",
    "::ffff:a9fe:a9fe",
    "64:ff9b::169.254.169.254",
    "2002:a9fe:a9fe::1",
    "::169.254.169.254",
    "100.100.100.200",
    "192.0.0.192",
    "168.63.129.16",
    "fd00:ec2::254",
    "fd20:ce::254",
  ])("forbids %s", (address) => {
    expect(isForbiddenAddress(address)).toBe(true);
  });

  it.each([
    "127.0.0.1",
    "10.0.0.7",
    "192.168.1.20",
    "172.16.0.1",
    "169.253.255.255",
    "169.255.0.0",
    "[::1]",
    "fd00::7",
    "fec0::1",
    "::ffff:10.0.0.7",
    "104.18.6.192",
    "api.openai.com",
    "169.254.169.254.example.com",
  ])("allows %s", (address) => {
    expect(isForbiddenAddress(address)).toBe(false);
  });

  it.each([
    "http://2852039166/",
    "http://0xA9FEA9FE/",
    "http://169.254.43518/",
    "http://0251.0376.0251.0376/",
  ])("knows the spelling %s as an address reads it", (url) =>
    expect(isForbiddenAddress(new URL(url).hostname)).toBe(true),
  );
});
