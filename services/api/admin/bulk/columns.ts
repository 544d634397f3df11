import type { BulkField } from "../../../shared/contracts/invitation-studio.ts";
import { unreadable } from "./decode-table.ts";
import type { TableLine } from "./read-table.ts";

/** What a column may be called, without case, accents, spaces and signs. */
const NAMES: Record<BulkField, readonly string[]> = {
  name: [
    "name",
    "candidate",
    "candidatename",
    "fullname",
    "displayname",
    "person",
    "kandidat",
    "nom",
    "nombre",
  ],
  first_name: ["firstname", "givenname", "forename", "first", "vorname", "prenom"],
  last_name: ["lastname", "surname", "familyname", "last", "nachname", "apellido", "nomdefamille"],
  email: ["email", "mail", "emailaddress", "mailaddress", "candidateemail", "correo"],
  validFrom: ["validfrom", "from", "opens", "opensat", "start", "startdate", "notbefore"],
  expiresAt: ["expiresat", "expires", "expiry", "until", "validuntil", "deadline", "end", "enddate"],
  extraTimeFactor: ["extratime", "extratimefactor", "factor", "timefactor", "accommodation", "extra"],
};
const FIELD_OF = new Map(
  Object.entries(NAMES).flatMap(([field, names]) => names.map((name) => [name, field as BulkField] as const)),
);
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export interface Columns {
  hasHeader: boolean;
  columns: { header: string; field: BulkField | null }[];
}

/** What each column holds, by the header; without one, by what the first line holds. @throws PlatformError bulk_unreadable */
export function columnsOf(first: TableLine): Columns {
  const named = first.values.map((header) => ({ header, field: FIELD_OF.get(normalise(header)) ?? null }));
  if (!named.some(({ field }) => field === "email")) {
    const position = first.values.findIndex((value) => ADDRESS.test(value));
    if (position >= 0) return { hasHeader: false, columns: guessed(first.values, position) };
    throw unreadable(`No column is called “email”. The first line has: ${listed(first.values)}.`);
  }
  requireOnce(named);
  const fields = new Set(named.map(({ field }) => field));
  if (!fields.has("name") && !(fields.has("first_name") || fields.has("last_name")))
    throw unreadable(`No column is called “name”. The first line has: ${listed(first.values)}.`);
  return { hasHeader: true, columns: named };
}

function guessed(values: readonly string[], emailAt: number): Columns["columns"] {
  const nameAt = emailAt === 0 ? 1 : 0;
  if (values.length < 2)
    throw unreadable(
      "Each line needs a name and an e-mail address. A first line “name,email” says which is which.",
    );
  return values.map((_value, index) => ({
    header: `column ${index + 1}`,
    field: index === emailAt ? "email" : index === nameAt ? "name" : null,
  }));
}

function requireOnce(columns: Columns["columns"]): void {
  for (const field of Object.keys(NAMES)) {
    const same = columns.filter((column) => column.field === field);
    if (same.length > 1)
      throw unreadable(
        `Several columns stand for the same: ${listed(same.map(({ header }) => header))}. Leave one of them.`,
      );
  }
}

function normalise(header: string): string {
  return header
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

function listed(headers: readonly string[]): string {
  const shown = headers.slice(0, 12).map((header) => `“${header.slice(0, 40)}”`);
  return shown.join(", ") + (headers.length > shown.length ? " …" : "");
}
