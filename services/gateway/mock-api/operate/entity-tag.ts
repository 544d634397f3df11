import { hash } from "node:crypto";
import { ApiProblem } from "../api-problem.ts";
import type { StoredRecord } from "../state/column-value.ts";

/** Strong validator of a record's state. */
export function entityTag(record: StoredRecord): string {
  return `"${hash("sha256", JSON.stringify(record), "base64url").slice(0, 22)}"`;
}

/** Whether the list of an If-Match or If-None-Match header names this tag. */
export function namesTag(header: unknown, tag: string): boolean {
  if (typeof header !== "string") return false;
  const given = header.split(",").map((part) => part.trim().replace(/^W\//, ""));
  return given.includes("*") || given.includes(tag);
}

/** @throws ApiProblem 412 when the caller knows an older state than there is */
export function requireMatch(header: unknown, record: StoredRecord): void {
  if (header !== undefined && !namesTag(header, entityTag(record)))
    throw ApiProblem.of("precondition_failed", "The record is not the one If-Match names; read it again.");
}
