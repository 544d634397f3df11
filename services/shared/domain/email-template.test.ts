import { describe, expect, it } from "vitest";
import type { EmailTemplateName } from "../contracts/invitation-studio.ts";
import {
  DEFAULT_TEMPLATES,
  emailValues,
  renderEmail,
  retryDelaySec,
  templateFaults,
} from "./email-template.ts";

const FACTS = {
  candidateName: "Maya Lindqvist",
  company: "Harbourly",
  role: "Engineer",
  assessment: "Triage",
  allowedSec: 5400,
  validFrom: new Date("2026-03-01T09:00:00Z"),
  expiresAt: new Date("2026-03-15T17:00:00Z"),
  link: "https://assess.example/invite/abc",
};

describe("a template", () => {
  it.each(Object.entries(DEFAULT_TEMPLATES))("as delivered (%s) is sound", (name, template) => {
    expect(templateFaults(name as EmailTemplateName, template)).toEqual([]);
  });

  it.each<[string, { subject?: string; body?: string }, string, string]>([
    ["a placeholder nobody knows", { body: "{{link}} {{nme}}" }, "body", "unknown"],
    ["one of another template", { body: "{{link}} {{answer}}" }, "body", "unknown"],
    ["the link in the subject", { subject: "{{link}}" }, "subject", "unknown"],
    ["no link", { body: "Hello" }, "body", "missing"],
    ["a placeholder that is not closed", { body: "{{link}} {{company" }, "body", "broken"],
    ["a placeholder in a placeholder", { body: "{{link}} {{ {{company}} }}" }, "body", "broken"],
    ["code", { body: "{{link}} {{constructor.constructor('x')()}}" }, "body", "broken"],
  ])("with %s is refused", (_name, change, path, kind) => {
    const template = { subject: "Hello", body: "{{link}}", ...change };
    expect(templateFaults("invitation", template)).toMatchObject([{ path, kind }]);
  });
});

describe("a mail", () => {
  it("says everything in words", () => {
    const { subject, text } = renderEmail(DEFAULT_TEMPLATES.invitation, emailValues(FACTS));
    expect(subject).toBe("Your work sample for Engineer at Harbourly");
    expect(text).toContain("Triage, 1 hour 30 minutes in one sitting");
    expect(text).toContain("Sunday, 15 March 2026 at 17:00 UTC");
    expect(text).toContain("\nhttps://assess.example/invite/abc\n");
    expect(text).not.toMatch(/\{\{|undefined/);
  });

  it("keeps a subject on one line and markup out of the HTML, whatever people are called", () => {
    const evil = "Eve\r\nBcc: all@example.com\u2028<img src=x onerror=alert(1)>";
    const values = emailValues({ ...FACTS, candidateName: evil });
    const { subject, html } = renderEmail(
      { subject: "For {{candidate_name}}", body: "{{candidate_name}} {{link}}" },
      values,
    );
    expect(subject).toBe("For Eve Bcc: all@example.com <img src=x onerror=alert(1)>");
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(html).toContain('<a href="https://assess.example/invite/abc">');
  });

  it("does not look at values again: a candidate called {{link}} gets none", () => {
    const { text } = renderEmail(
      { subject: "x", body: "Hello {{candidate_name}}" },
      emailValues({ ...FACTS, candidateName: "{{link}}" }),
    );
    expect(text).toBe("Hello {{link}}");
  });

  it("links to nothing but web addresses", () => {
    const { html } = renderEmail(
      { subject: "x", body: "{{link}}" },
      emailValues({ ...FACTS, link: 'javascript:alert("1")' }),
    );
    expect(html).not.toContain("<a ");
  });

  it("is tried again less and less often, and given up after half a day", () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(retryDelaySec)).toEqual([30, 120, 480, 1920, 7680, 30720, null]);
  });
});
