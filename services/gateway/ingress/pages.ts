import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { PlatformError, type ProblemCode } from "../../shared/contracts/problem.ts";
import { sendProblem } from "../http/problem-response.ts";

export interface Refusal {
  code: ProblemCode;
  /** Heading and sentences of the page. */
  heading: string;
  text: string;
  /** The page reloads itself after so many seconds. */
  retrySec?: number;
}

export const REFUSALS = {
  signInAgain: {
    code: "ticket_invalid",
    heading: "Open the workspace again",
    text: "This window has no valid pass to the workspace; passes are for one use and for a limited time. Go back to the page you came from and open the workspace there. Nothing in it is lost.",
  },
  notFound: {
    code: "sandbox_not_found",
    heading: "There is no workspace at this address",
    text: "Go back to the page you came from and open the workspace there.",
  },
  closed: {
    code: "sandbox_closed",
    heading: "This workspace is closed",
    text: "It can no longer be opened or changed. The page you opened it from says what became of the work.",
  },
  comingBack: {
    code: "workspace_unavailable",
    heading: "Your workspace is being brought back",
    text: "This page opens it by itself as soon as it answers. Time that is lost on our side is given back to you.",
    retrySec: 2,
  },
  notAnswering: {
    code: "sandbox_unreachable",
    heading: "The workspace does not answer yet",
    text: "This page tries again by itself every few seconds.",
    retrySec: 2,
  },
  crossSite: {
    code: "cross_site_request",
    heading: "This request came from another site",
    text: "Open the workspace from the page that offers it.",
  },
} as const satisfies Record<string, Refusal>;

export function nothingOnPort(port: number): Refusal {
  return {
    code: "sandbox_unreachable",
    heading: `Nothing is listening on port ${port}`,
    text: `Start your app in the workspace and let it listen on port ${port}. This page shows it as soon as it answers.`,
    retrySec: 2,
  };
}

/** Answers with a page for people, and with problem+json for programs. */
export function refuse(
  headers: IncomingHttpHeaders,
  response: ServerResponse,
  refusal: Refusal,
  publicUrl: string,
): void {
  const error = new PlatformError(refusal.code, refusal.heading);
  const retry: Record<string, string> =
    refusal.retrySec === undefined ? {} : { "retry-after": String(refusal.retrySec) };
  if (response.headersSent || !(headers.accept ?? "").includes("text/html")) {
    sendProblem(response, error, retry);
    return;
  }
  const body = page(refusal, publicUrl);
  response.writeHead(error.status, {
    "content-type": "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self' ${new URL(publicUrl).origin}`,
    ...retry,
  });
  response.end(body);
}

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; min-height: 100vh; display: grid; place-content: center; padding: 1.5rem; box-sizing: border-box;
  font: 1rem/1.6 system-ui, sans-serif; background: light-dark(#fafaf9, #18181b); color: light-dark(#27272a, #e4e4e7); }
main { max-width: 30rem; }
h1 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 .5rem; }
p { margin: 0 0 1rem; }
a { color: light-dark(#1d4ed8, #93c5fd); }`;

function page({ heading, text, retrySec }: Refusal, publicUrl: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${retrySec === undefined ? "" : `<meta http-equiv="refresh" content="${retrySec}">`}
<title>${escapeHtml(heading)}</title>
<style>${STYLE}</style>
</head>
<body><main><h1>${escapeHtml(heading)}</h1><p>${escapeHtml(text)}</p>
<p><a href="${escapeHtml(publicUrl)}" target="_top" rel="noopener">Worksample</a></p></main></body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
