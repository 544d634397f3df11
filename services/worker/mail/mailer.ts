import { createTransport } from "nodemailer";
import type { Config } from "../../shared/config/config.ts";

export interface OutgoingMail {
  /** The same at each try, so that a mail that is accepted twice can be told to be one. */
  messageId: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
}

export interface Mailer {
  /** @throws MailFailure */
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

export class MailFailure extends Error {
  /** Trying again would fail again: the server refused this mail, and not just now. */
  readonly isFinal: boolean;

  constructor(message: string, isFinal: boolean) {
    super(message);
    this.name = "MailFailure";
    this.isFinal = isFinal;
  }
}

const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;

/** Null where no mail server is set up. */
export function createMailer({ smtpUrl, mailFrom }: Pick<Config, "smtpUrl" | "mailFrom">): Mailer | null {
  if (smtpUrl === "") return null;
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
    // A mail is made of what it is given, never of files or addresses that a part of it may name.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ messageId, ...mail }) {
      try {
        await transport.sendMail({ ...mail, from: mailFrom, messageId, encoding: "utf-8" });
      } catch (error) {
        throw failureOf(error);
      }
    },
    close: () => transport.close(),
  };
}

interface SmtpError {
  message?: string;
  /** The server's line, with its code. */
  response?: string;
  responseCode?: number;
  code?: string;
}

function failureOf(error: unknown): MailFailure {
  const { message, response, responseCode, code } = error as SmtpError;
  const words = (response ?? message ?? "no reason was given").replaceAll(/\p{Cc}+/gu, " ").slice(0, 500);
  // A password that is wrong can be put right; an address that does not exist cannot.
  const isFinal = responseCode !== undefined && responseCode >= 500 && code !== "EAUTH";
  return new MailFailure(words, isFinal);
}
