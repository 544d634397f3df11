import type {
  ColumnType,
  SensitiveFinding,
  SensitiveKind,
} from "../../../shared/contracts/dataset-profile.ts";
import { NAMES, PATTERNS, type SensitivePattern, SUGGESTED } from "./sensitive-patterns.ts";

/** How much of a long text is looked at. */
const LOOKED_AT_CHARACTERS = 20_000;
/** Weak kinds need this share of a column before a chance match stops being one. */
const WEAK_SHARE = 0.02;
const SAMPLES = 5;

export interface ScannedColumn {
  name: string;
  type: ColumnType;
  /** Rows that are not null. */
  filled: number;
  /** Rows that could hold something at all; `values` is a sample of those. */
  candidates: number;
  values: readonly string[];
  /** A few values as they come, for what only a column's name and look tell. */
  ordinary: readonly string[];
}

/** `Customer Name`, `customer-name` and `customerName` are read as `customer_name` is. */
function plainName(name: string): string {
  return name
    .trim()
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, "$1_$2")
    .replaceAll(/[\s.\-/]+/g, "_");
}

interface Tally {
  rows: number;
  whole: number;
  samples: Set<string>;
}

/**
 * What in a column points at people or holds secrets. Kinds with check digits count matches that pass; the others
 * need more than a chance share, or a column name that says so.
 */
export function findSensitive(scanned: ScannedColumn): SensitiveFinding[] {
  const column = { ...scanned, name: plainName(scanned.name) };
  const tallies = new Map<SensitivePattern, Tally>();
  const patterns = PATTERNS.filter(({ needsName }) => !needsName || needsName.test(column.name));
  for (const value of column.values) {
    const text = value.length > LOOKED_AT_CHARACTERS ? value.slice(0, LOOKED_AT_CHARACTERS) : value;
    for (const pattern of patterns) tallyValue(tallies, pattern, text);
  }
  const findings: SensitiveFinding[] = [];
  for (const [pattern, tally] of tallies) {
    const finding = judge(column, pattern, tally);
    if (finding) findings.push(finding);
  }
  const named = findByName(column, findings);
  if (named) findings.push(named);
  return findings.sort((left, right) => right.matches - left.matches);
}

function tallyValue(tallies: Map<SensitivePattern, Tally>, pattern: SensitivePattern, text: string): void {
  const matches = (text.match(pattern.pattern) ?? []).filter((match) => pattern.accepts(match));
  if (matches.length === 0) return;
  let tally = tallies.get(pattern);
  if (!tally) {
    tally = { rows: 0, whole: 0, samples: new Set() };
    tallies.set(pattern, tally);
  }
  tally.rows++;
  if (matches[0]!.length >= text.trim().length - 2) tally.whole++;
  if (tally.samples.size < SAMPLES) tally.samples.add(hideMost(matches[0]!));
}

function judge(column: ScannedColumn, pattern: SensitivePattern, tally: Tally): SensitiveFinding | null {
  // A sample stands for all rows that were candidates.
  const matches = Math.round((tally.rows / Math.max(1, column.values.length)) * column.candidates);
  const share = Math.min(1, matches / Math.max(1, column.filled));
  const isNamed = NAMES.some(({ kind, name }) => kind === pattern.kind && name.test(column.name));
  // One in ten numbers passes Luhn, so in a column of long numbers chance matches are certain.
  if (!isNamed && pattern.kind === "card" && share < 0.5 && isNumberColumn(column, tally)) return null;
  if (!isNamed && !pattern.strong && share < WEAK_SHARE) return null;
  if (!isNamed && pattern.kind === "phone" && isIdentifierColumn(column)) return null;
  const confidence =
    pattern.strong && (share > 0.2 || tally.rows >= 3 || isNamed)
      ? "high"
      : isNamed || share > 0.5
        ? "high"
        : share > 0.1 || pattern.strong
          ? "medium"
          : "low";
  return {
    kind: pattern.kind,
    by: "content",
    where: tally.whole >= tally.rows / 2 ? "value" : "inside",
    matches,
    share,
    confidence,
    samples: [...tally.samples],
  };
}

function isNumberColumn(column: ScannedColumn, tally: Tally): boolean {
  return tally.whole >= tally.rows / 2 || column.type !== "text";
}

function isIdentifierColumn({ name, type }: ScannedColumn): boolean {
  return (
    type !== "text" ||
    /(^|_)(id|ids|number|no|nr|code|sku|ref|reference|version|key|uuid|order|invoice)$/i.test(name)
  );
}

function findByName(column: ScannedColumn, found: readonly SensitiveFinding[]): SensitiveFinding | null {
  const named = NAMES.find(({ name }) => name.test(column.name));
  if (!named || column.filled === 0 || found.some(({ kind }) => kind === named.kind)) return null;
  if (!fits(named.kind, column)) return null;
  return {
    kind: named.kind,
    by: "name",
    where: "value",
    matches: column.filled,
    share: 1,
    confidence: named.kind === "person_name" && looksLikeNames(column.ordinary) ? "high" : "medium",
    samples: column.ordinary.slice(0, SAMPLES).map(hideMost),
  };
}

/** A name alone proves nothing: `email_sent` holds true and false, `phone_type` three words. */
function fits(kind: SensitiveKind, { type, ordinary }: ScannedColumn): boolean {
  if (type === "boolean") return false;
  switch (kind) {
    case "email":
      // Pseudonyms end in .invalid, and are nobody's.
      return ordinary.some((value) => /\S@\S/.test(value) && !value.endsWith(".invalid"));
    case "person_name":
      return type === "text" && ordinary.some((value) => /\p{L}{2}/u.test(value));
    case "phone":
    case "card":
    case "us_ssn":
      return ordinary.some((value) => value.replace(/\D/g, "").length >= 7);
    case "ip_address":
      return ordinary.some((value) => /^[\d.]+$|^[0-9a-f:]+$/i.test(value));
    case "birth_date":
      return ordinary.some((value) => /\d/.test(value));
    case "iban":
    case "uk_nino":
      return ordinary.some((value) => value.length >= 9);
    default:
      return true;
  }
}

function looksLikeNames(values: readonly string[]): boolean {
  const like = values.filter((value) => /^\p{Lu}[\p{L}'’.-]+( \p{L}[\p{L}'’.-]*){0,4}$/u.test(value.trim()));
  return like.length > values.length * 0.6;
}

export function suggestAction(
  findings: readonly SensitiveFinding[],
): "keep" | "drop" | "mask" | "pseudonymise" {
  const certain = findings.filter(({ confidence }) => confidence !== "low");
  if (certain.length === 0) return "keep";
  // A text with something inside stays readable when only that is masked.
  if (certain.every(({ where }) => where === "inside")) return "mask";
  const wishes = certain.map(({ kind }) => SUGGESTED[kind]);
  return wishes.includes("drop") ? "drop" : wishes.includes("mask") ? "mask" : "pseudonymise";
}

/** Enough to recognise, too little to use. */
export function hideMost(value: string): string {
  const at = value.indexOf("@");
  if (at > 0) {
    const domain = value.slice(at + 1);
    return `${value[0]}•••@${domain[0]}•••${domain.slice(domain.lastIndexOf("."))}`;
  }
  const shown = value.length > 8 ? 2 : 1;
  return (
    value.slice(0, shown) +
    "•".repeat(Math.min(8, Math.max(3, value.length - 2 * shown))) +
    value.slice(-shown)
  );
}
