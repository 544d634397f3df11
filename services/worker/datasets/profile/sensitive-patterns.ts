import type { SensitiveKind } from "../../../shared/contracts/dataset-profile.ts";
import {
  isPossibleSsn,
  passesFrenchNir,
  passesGermanTaxId,
  passesIban,
  passesItalianFiscalCode,
  passesLuhn,
  passesSpanishDni,
} from "./check-digits.ts";

export interface SensitivePattern {
  kind: SensitiveKind;
  /** Global. Every one runs in time linear to the text: no nested repetition. */
  pattern: RegExp;
  /** Whether what the pattern found really is one. */
  accepts(match: string): boolean;
  /** A number that could be anything counts only where the column's name says so. */
  needsName?: RegExp;
  /** Whether check digits or an unmistakable form make a single match believable. */
  strong: boolean;
}

const plain = (text: string) => text.replace(/[\s.\-/()]/g, "").toUpperCase();
/** Each brand has its own lengths. */
const CARD =
  /^(4\d{12}(\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[068]\d{12}|6(011\d\d|[45]\d{4})\d{10}|62\d{14,17}|35\d{14})$/;
const IBAN_LENGTHS: Record<string, number> = {
  AD: 24,
  AE: 23,
  AL: 28,
  AT: 20,
  BA: 20,
  BE: 16,
  BG: 22,
  BR: 29,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  RS: 22,
  SA: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  TR: 26,
  UA: 29,
};

/** Domains set aside for examples (RFC 2606, RFC 6761): nobody has an address there. */
const NOBODYS_DOMAIN = /(^|\.)(example\.(com|org|net)|example|invalid|test|localhost)$/i;

function isIban(match: string): boolean {
  const iban = plain(match);
  return IBAN_LENGTHS[iban.slice(0, 2)] === iban.length && passesIban(iban);
}

function isCard(match: string): boolean {
  const digits = plain(match);
  return CARD.test(digits) && !/^(\d)\1+$/.test(digits) && passesLuhn(digits);
}

/** A telephone number is written like one: with a country code, or in groups; a run of digits is no number yet. */
function isPhone(match: string): boolean {
  const digits = match.replace(/\D/g, "");
  if (digits.length < 8 || digits.length > 15) return false;
  if (/^\d{4}-\d{2}-\d{2}/.test(match) || /^\d{1,2}[./]\d{1,2}[./]\d{2,4}/.test(match)) return false;
  if (/^\d{3}-\d{2}-\d{4}$/.test(match)) return false;
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(match) || /^\d+[.,]\d+$/.test(match)) return false;
  if (match.startsWith("+") || match.startsWith("00")) return true;
  return (
    /^\(?0?\d{2,5}\)?[ .\-/]\d{2,}/.test(match) && /[ \-/()]/.test(match) && !/^\d{4} \d{4} \d{4}/.test(match)
  );
}

/** Detected in texts and values alike. Edges keep a pattern from matching inside of longer numbers and words. */
export const PATTERNS: SensitivePattern[] = [
  {
    kind: "email",
    pattern:
      /(?<![\w.+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w-])/g,
    accepts: (match) => !NOBODYS_DOMAIN.test(match.slice(match.indexOf("@") + 1)),
    strong: true,
  },
  {
    kind: "iban",
    pattern: /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/g,
    accepts: isIban,
    strong: true,
  },
  { kind: "card", pattern: /(?<![\d.+-])\d(?:[ -]?\d){12,18}(?![\d.-])/g, accepts: isCard, strong: true },
  {
    kind: "us_ssn",
    pattern: /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g,
    accepts: (match) => isPossibleSsn(plain(match)),
    strong: true,
  },
  {
    kind: "uk_nino",
    pattern:
      /(?<![A-Za-z0-9])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Za-z0-9])/g,
    accepts: (match) => !/^(BG|GB|KN|NK|NT|TN|ZZ)/.test(match),
    strong: true,
  },
  {
    kind: "de_tax_id",
    pattern: /(?<![\d.-])[1-9]\d(?: ?\d{3}){3}(?![\d.-])/g,
    accepts: (match) => passesGermanTaxId(plain(match)),
    needsName: /tax|steuer|idnr|tin\b|fiscal/i,
    strong: true,
  },
  {
    kind: "fr_nir",
    pattern:
      /(?<![\dA-Za-z])[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?![\dA-Za-z])/g,
    accepts: (match) => passesFrenchNir(plain(match)),
    strong: true,
  },
  {
    kind: "es_dni",
    pattern: /(?<![A-Za-z0-9])(?:\d{8}|[XYZ]\d{7})-?[A-HJ-NP-TV-Z](?![A-Za-z0-9])/g,
    accepts: (match) => passesSpanishDni(plain(match)),
    strong: true,
  },
  {
    kind: "it_fiscal_code",
    pattern: /(?<![A-Za-z0-9])[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?![A-Za-z0-9])/g,
    accepts: passesItalianFiscalCode,
    strong: true,
  },
  {
    kind: "phone",
    pattern: /(?<![\w.+@-])(?:\+|00)?\(?\d{1,5}\)?(?:[ .\-/]?\(?\d{2,5}\)?){1,5}(?![\w@-]|\.\d)/g,
    accepts: isPhone,
    strong: false,
  },
  {
    kind: "ip_address",
    pattern: /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])/g,
    accepts: (match) => !/^(0|127|255)\./.test(match),
    strong: false,
  },
  {
    kind: "secret",
    pattern:
      /(?<![A-Za-z0-9])(?:AKIA[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{36}|sk-[A-Za-z0-9_-]{20,100}|xox[bap]-[A-Za-z0-9-]{10,80}|-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----)/g,
    accepts: () => true,
    strong: true,
  },
];

/** Kinds that a column's name tells of. */
export const NAMES: { kind: SensitiveKind; name: RegExp; action: "mask" | "pseudonymise" | "drop" }[] = [
  {
    kind: "secret",
    name: /pass(word|wd)|secret|api_?key|private_?key|access_?token|auth_?token/i,
    action: "drop",
  },
  { kind: "email", name: /(^|_|\b)e_?-?mail/i, action: "pseudonymise" },
  { kind: "phone", name: /phone|mobile|(^|_)(tel|fax)(_|$)|telefon|handy/i, action: "pseudonymise" },
  {
    kind: "person_name",
    name: /(first|last|middle|full|sur|given|family|maiden|display|contact|customer|client|employee|agent|person|user|reporter|requester|assignee|author|owner|patient|passenger)_?name$|^(vorname|nachname|apellidos?|prenom|prénom|nom|cognome|surname|forename|name_(first|last))$/i,
    action: "pseudonymise",
  },
  { kind: "birth_date", name: /birth|(^|_)dob(_|$)|geburt|naissance|nacimiento|nascita/i, action: "mask" },
  {
    kind: "postal_address",
    name: /(^|_)(address|street|strasse|straße|adresse|direccion|indirizzo)(_?(line)?_?\d)?$|post(al)?_?code|zip(_?code)?$|postleitzahl|^plz$/i,
    action: "mask",
  },
  { kind: "us_ssn", name: /(^|_)ssn(_|$)|social_?security/i, action: "drop" },
  { kind: "uk_nino", name: /nino$|national_?insurance/i, action: "drop" },
  { kind: "iban", name: /(^|_)iban(_|$)/i, action: "pseudonymise" },
  { kind: "card", name: /(credit_?)?card_?(number|no|num)$|(^|_)pan$/i, action: "drop" },
  { kind: "ip_address", name: /(^|_)ip(_?(v[46]|addr(ess)?))?$/i, action: "pseudonymise" },
];

/** What content of a kind suggests. */
export const SUGGESTED: Record<SensitiveKind, "mask" | "pseudonymise" | "drop"> = {
  email: "pseudonymise",
  phone: "pseudonymise",
  card: "drop",
  iban: "pseudonymise",
  us_ssn: "drop",
  uk_nino: "drop",
  de_tax_id: "drop",
  fr_nir: "drop",
  es_dni: "drop",
  it_fiscal_code: "drop",
  ip_address: "pseudonymise",
  person_name: "pseudonymise",
  postal_address: "mask",
  birth_date: "mask",
  secret: "drop",
};
