import { expect, test } from "vitest";
import { PYPI_FILE, versionOfFile } from "./pypi-names.ts";

test.each([
  ["demo_kit-1.0-py3-none-any.whl", "1.0"],
  ["torch-2.1.0+cpu-cp312-cp312-manylinux_2_17_x86_64.whl", "2.1.0+cpu"],
  ["numpy-1.26.4.tar.gz", "1.26.4"],
  ["zope.interface-5.0.zip", "5.0"],
  ["old-name-with-dashes-0.1.tar.gz", "0.1"],
  ["pkg-1.0-1.tar.gz", "1.0-1"],
  ["pkg-2019a.tar.bz2", "2019a"],
  ["epoch-1!2.0.tar.gz", "1!2.0"],
])("%s is version %s", (file, version) => {
  expect(PYPI_FILE.test(file)).toBe(true);
  expect(versionOfFile(file)).toBe(version);
});

test.each(["../a-1.0.whl", "a/b-1.0.whl", "a-1.0.exe", "a-1.0.egg", ".whl", "a%2f-1.0.whl", ""])(
  "%s is none that is served",
  (file) => {
    expect(PYPI_FILE.test(file)).toBe(false);
  },
);
