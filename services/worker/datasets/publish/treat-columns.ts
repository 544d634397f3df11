import type { ColumnAction, ColumnType, SensitiveKind } from "../../../shared/contracts/dataset-profile.ts";
import type { TypedColumn } from "../../../shared/datasets/column-types.ts";
import { identifier, literal } from "../../../shared/datasets/sql-names.ts";

export interface TreatedColumn extends TypedColumn {
  action: ColumnAction;
  /** What is hidden where a text is masked in places; empty: all of it is. */
  inside: SensitiveKind[];
}

/** Two keys of 64 hexadecimal digits: one block of SHA-256 each, as HMAC has them. */
export interface PseudonymKeys {
  inner: string;
  outer: string;
}

/** Wider than what the scan accepts: hiding a number too many does less harm than leaving one. */
const HIDDEN: Record<SensitiveKind, [pattern: string, placeholder: string]> = {
  email: ["[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+", "[email]"],
  phone: ["[+(]?[0-9][0-9 ().\\-/]{6,}[0-9]", "[number]"],
  card: ["[0-9]([ -]?[0-9]){12,18}", "[card]"],
  iban: ["\\b[A-Z]{2}[0-9]{2}([ ]?[A-Z0-9]{4}){2,7}([ ]?[A-Z0-9]{1,3})?\\b", "[iban]"],
  us_ssn: ["\\b[0-9]{3}-[0-9]{2}-[0-9]{4}\\b", "[id]"],
  uk_nino: ["\\b[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\\b", "[id]"],
  de_tax_id: ["\\b[1-9][0-9]( ?[0-9]{3}){3}\\b", "[id]"],
  fr_nir: ["\\b[12] ?[0-9]{2} ?[0-9]{2} ?[0-9][0-9AB] ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}\\b", "[id]"],
  es_dni: ["\\b([0-9]{8}|[XYZ][0-9]{7})-?[A-Z]\\b", "[id]"],
  it_fiscal_code: ["\\b[A-Z]{6}[0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{3}[A-Z]\\b", "[id]"],
  ip_address: ["\\b([0-9]{1,3}[.]){3}[0-9]{1,3}\\b", "[ip]"],
  secret: [
    "(AKIA[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{36}|sk-[A-Za-z0-9_-]{20,}|xox[bap]-[A-Za-z0-9-]{10,}|-----BEGIN [A-Z ]*PRIVATE KEY-----[A-Za-z0-9+/=\\s]*)",
    "[secret]",
  ],
  person_name: ["\\p{L}+", "x"],
  postal_address: ["[\\p{L}\\p{N}]+", "x"],
  birth_date: ["[0-9]", "0"],
};
/** Kinds that others contain go last. */
const ORDER: SensitiveKind[] = [
  "secret",
  "email",
  "iban",
  "card",
  "us_ssn",
  "uk_nino",
  "fr_nir",
  "de_tax_id",
  "es_dni",
  "it_fiscal_code",
  "ip_address",
  "phone",
];

/** The text that stands in a column after its treatment; DuckDB. Not for dropped columns. */
export function treatedExpression(column: TreatedColumn, keys: PseudonymKeys): string {
  const text = identifier(column.name);
  switch (column.action) {
    case "mask":
      return column.inside.length > 0 ? hideInside(text, column.inside) : hideShape(text);
    case "pseudonymise":
      return pseudonym(text, keys);
    default:
      return text;
  }
}

export function treatedType({ action, type, inside }: TreatedColumn): ColumnType {
  if (action === "mask") return inside.length > 0 && type === "json" ? "json" : "text";
  if (action === "pseudonymise") return type === "integer" ? "integer" : "text";
  return type;
}

function hideInside(text: string, kinds: readonly SensitiveKind[]): string {
  return ORDER.filter((kind) => kinds.includes(kind)).reduce((expression, kind) => {
    const [pattern, placeholder] = HIDDEN[kind];
    return `regexp_replace(${expression}, ${literal(pattern)}, ${literal(placeholder)}, 'g')`;
  }, text);
}

/** Letters and digits go, length and punctuation stay, so that the column still looks like what it was. */
function hideShape(text: string): string {
  return `regexp_replace(regexp_replace(${text}, '[\\p{L}\\p{M}]', 'x', 'g'), '\\p{N}', '0', 'g')`;
}

/**
 * Depends on nothing but the value and the dataset's keys, so the same value is the same pseudonym in every table
 * and every version, and joins hold. Whole numbers become numbers of 15 digits, which JSON and doubles hold exactly;
 * addresses stay addresses, at a domain that nobody has.
 */
function pseudonym(text: string, { inner, outer }: PseudonymKeys): string {
  const digest = `sha256(${literal(outer)} || sha256(${literal(inner)} || ${text}))`;
  const number = `CAST(CAST('0x' || left(${digest}, 15) AS BIGINT) % 900000000000000 + 100000000000000 AS VARCHAR)`;
  return `CASE WHEN ${text} IS NULL THEN NULL WHEN regexp_full_match(${text}, '-?[0-9]+') THEN ${number} WHEN regexp_full_match(${text}, '[^@\\s]+@[^@\\s]+[.][^@\\s]+') THEN 'user-' || left(${digest}, 16) || '@example.invalid' ELSE 'p_' || left(${digest}, 16) END`;
}
