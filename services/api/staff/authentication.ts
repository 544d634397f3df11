import { createHmac } from "node:crypto";
import { betterAuth } from "better-auth";
import { APIError } from "better-auth/api";
import type { Config } from "../../shared/config/config.ts";
import { StaffMe } from "../../shared/contracts/admin.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { Database } from "../../shared/db/database.ts";

/** What the api needs from better-auth, and nothing else of it: none of its own HTTP routes are served. */
export interface StaffAuthentication {
  /** @returns the cookies to set. @throws PlatformError sign_in_failed */
  signIn(email: string, password: string, headers: Headers): Promise<{ setCookies: string[] }>;
  /** Ends the session of the cookie, if there is one. @returns the cookies to set. */
  signOut(cookie: string): Promise<{ setCookies: string[] }>;
  /** Reads session and account from the database, so that a lost role or session counts at once. */
  identify(cookie: string): Promise<{ member: StaffMe | null; setCookies: string[] }>;
}

export function createStaffAuthentication(config: Config, db: Database): StaffAuthentication {
  const auth = configure(config, db);
  return {
    async signIn(email, password, headers) {
      const result = await auth.api
        .signInEmail({ body: { email, password }, headers, returnHeaders: true })
        .catch((error: unknown) => {
          // Unknown address, wrong password, malformed address: one answer, so none can be told from another.
          throw error instanceof APIError && error.statusCode < 500
            ? new PlatformError("sign_in_failed", undefined, { cause: error })
            : error;
        });
      return { setCookies: result.headers.getSetCookie() };
    },
    async signOut(cookie) {
      const result = await auth.api.signOut({ headers: new Headers({ cookie }), returnHeaders: true });
      return { setCookies: result.headers.getSetCookie() };
    },
    async identify(cookie) {
      const result = await auth.api.getSession({ headers: new Headers({ cookie }), returnHeaders: true });
      const member = StaffMe.safeParse(result.response?.user);
      return { member: member.success ? member.data : null, setCookies: result.headers.getSetCookie() };
    },
  };
}

const TIMES = { createdAt: "created_at", updatedAt: "updated_at" };

function configure(config: Config, db: Database) {
  return betterAuth({
    appName: "Worksample",
    baseURL: config.publicUrl,
    basePath: "/api/auth",
    // A key of its own, so that what it signs is never valid elsewhere.
    secret: createHmac("sha256", config.secret).update("worksample:staff-authentication").digest("hex"),
    database: { db, type: "postgres" },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    user: {
      modelName: "staff_user",
      fields: { emailVerified: "email_verified", ...TIMES },
      additionalFields: {
        role: { type: "string", required: false, defaultValue: "reviewer", input: false },
      },
    },
    session: {
      modelName: "staff_session",
      fields: {
        userId: "user_id",
        expiresAt: "expires_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
        ...TIMES,
      },
      expiresIn: 12 * 3600,
      updateAge: 3600,
    },
    account: {
      modelName: "staff_account",
      fields: {
        userId: "user_id",
        accountId: "account_id",
        providerId: "provider_id",
        accessToken: "access_token",
        refreshToken: "refresh_token",
        idToken: "id_token",
        accessTokenExpiresAt: "access_token_expires_at",
        refreshTokenExpiresAt: "refresh_token_expires_at",
        ...TIMES,
      },
    },
    verification: { modelName: "staff_verification", fields: { expiresAt: "expires_at", ...TIMES } },
    advanced: { cookiePrefix: "worksample", useSecureCookies: config.publicUrl.startsWith("https:") },
    // The api's own limits count in Valkey, for all processes together.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}
