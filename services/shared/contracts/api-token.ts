import { z } from "zod";
import { Id, Instant, ShortText } from "./common.ts";

/**
 * What an API token may be allowed. Apart from `admin:write` are `staff:write`, which can make new admins, and
 * `models:write`, which decides where keys and money go.
 */
export const ApiScope = z.enum(["admin:read", "admin:write", "models:write", "staff:write", "metrics:read"]);
export type ApiScope = z.infer<typeof ApiScope>;

/** What each scope allows, in words for the page where tokens are made. */
export const API_SCOPE_WORDS: Record<ApiScope, string> = {
  "admin:read": "Read everything an admin can see, download submissions",
  "admin:write": "Upload, compose, publish, invite, extend, end",
  "models:write": "Set up language models: their addresses, keys and prices",
  "staff:write": "Add staff, admins among them, and make API tokens",
  "metrics:read": "Read the metrics of the api",
};

export const ApiTokenItem = z.object({
  id: Id,
  name: z.string(),
  scopes: z.array(ApiScope),
  createdAt: Instant,
  createdBy: z.string().nullable(),
  expiresAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
  /** To the minute. */
  lastUsedAt: Instant.nullable(),
});
export type ApiTokenItem = z.infer<typeof ApiTokenItem>;
export const ApiTokenList = z.object({ now: Instant, items: z.array(ApiTokenItem) });

export const CreateApiTokenRequest = z.object({
  name: ShortText,
  scopes: z.array(ApiScope).min(1).max(10),
  /** Null: until it is revoked. */
  expiresAt: Instant.nullable().default(null),
});
export const CreateApiTokenResponse = z.object({
  item: ApiTokenItem,
  /** Shown this once; only its digest is kept. */
  token: z.string(),
});
