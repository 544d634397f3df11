import { expect, it } from "vitest";
import { CONTENT } from "../../../../../test/support/pages/assessment-fixtures.ts";
import { suggestedDisclosures } from "../../../../shared/domain/composer/disclosure-findings.ts";
import { withDisclosures } from "./disclosures.ts";

const empty = { ...CONTENT, company: { name: "", about: "" }, mockApis: [] };
const suggested = { ...empty, disclosures: suggestedDisclosures(empty) };
const api = { hostname: "helpdesk.internal", mockApiVersionId: "0197f4f0-0000-7000-8000-000000000001" };

it("says what is recorded once it is, and names the company, while nobody has changed the words", () => {
  const pinned = withDisclosures(suggested, { ...suggested, mockApis: [api] });
  expect(pinned.disclosures.join()).toContain("requests that your code makes to the API");
  const named = withDisclosures(pinned, { ...pinned, company: { ...pinned.company, name: "Harbourly" } });
  expect(named.disclosures.join()).toContain("engineers of Harbourly");
  const removed = withDisclosures(named, { ...named, mockApis: [] });
  expect(removed.disclosures.join()).not.toContain("to the API");
});

it("leaves own words alone", () => {
  const own = { ...suggested, disclosures: ["We keep your files for a year."] };
  expect(withDisclosures(own, { ...own, mockApis: [api] }).disclosures).toEqual(own.disclosures);
  const edited = { ...suggested, disclosures: suggested.disclosures.slice(1) };
  expect(withDisclosures(suggested, edited)).toBe(edited);
});
