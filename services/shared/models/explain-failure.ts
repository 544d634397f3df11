import OpenAI from "openai";

/** What was asked, for the sentence that says what is wrong. */
export interface Attempted {
  baseUrl: string;
  hasKey: boolean;
  /** Null: the list of models was asked for. */
  model: string | null;
  timeoutMs: number;
}

/**
 * One plain sentence or two: what went wrong between here and an upstream, and what to look at. Nothing of what the
 * upstream said is in it, since that may repeat the key.
 */
export function explainFailure(error: unknown, attempted: Attempted): string {
  const chain = causesOf(error);
  const code = chain.map(codeOf).find((one) => one !== "" && !/^\d+$/.test(one)) ?? "";
  const host = new URL(attempted.baseUrl).host;
  if (chain.some(({ name }) => name === "TimeoutError") || chain.some(isTimeout))
    return `${host} did not answer within ${attempted.timeoutMs / 1000} seconds.`;
  if (chain.some(({ name }) => name === "HTTPParserError"))
    return `What answers at ${host} does not speak HTTP.`;
  const connection = connectionFault(code, host) ?? tlsFault(code, chain, host);
  if (connection !== null) return connection;
  const status = chain.map((one) => (one as { status?: unknown }).status).find(Number.isInteger);
  if (typeof status === "number") return statusFault(status, host, attempted);
  if (chain.some(({ name }) => name === "SyntaxError"))
    return `${host} answered with something that is not JSON. Is this the address of an OpenAI-compatible API?`;
  if (chain.some(({ message }) => /proxy/i.test(message)))
    return `The proxy by which requests leave did not let this one through to ${host}.`;
  return `The connection to ${host} failed.`;
}

function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < 10; at = at.cause) {
    chain.push(at);
    // Several addresses were tried; the first says enough.
    if (at instanceof AggregateError && at.errors[0] instanceof Error) chain.push(at.errors[0]);
  }
  return chain;
}

function codeOf(error: Error): string {
  return String((error as { code?: unknown }).code ?? "");
}

function isTimeout(error: Error): boolean {
  return error instanceof OpenAI.APIConnectionTimeoutError || error instanceof OpenAI.APIUserAbortError;
}

function connectionFault(code: string, host: string): string | null {
  switch (code) {
    case "FORBIDDEN_ADDRESS":
      return `${host} is a link-local address or a cloud's metadata service. Models are not there, and nothing is sent there.`;
    case "ECONNREFUSED":
      return `Nothing listens at ${host}: the connection was refused. Does the server run, and is the port right?`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `The name ${host} cannot be resolved. Is it spelled right, and known to this server's DNS?`;
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return `There is no way from this server to ${host}.`;
    case "ETIMEDOUT":
    case "UND_ERR_CONNECT_TIMEOUT":
      return `${host} did not take the connection in time. A firewall may be in between.`;
    case "ECONNRESET":
    case "EPIPE":
    case "UND_ERR_SOCKET":
      return `${host} closed the connection without an answer.`;
    case "ANSWER_TOO_LARGE":
      return `${host} answered with far more than was asked for.`;
  }
  return null;
}

function tlsFault(code: string, chain: Error[], host: string): string | null {
  if (code === "CERT_HAS_EXPIRED") return `The TLS certificate of ${host} has expired.`;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return `The TLS certificate at ${host} is for another name.`;
  if (/CERT|SIGNATURE|UNABLE_TO_|SELF_SIGNED/.test(code))
    return `The TLS certificate of ${host} is signed by nobody this server trusts. For a certificate authority of your own, see NODE_EXTRA_CA_CERTS.`;
  if (
    code.startsWith("ERR_SSL_") ||
    code === "EPROTO" ||
    chain.some(({ message }) => /\bSSL\b/.test(message))
  )
    return `${host} does not speak TLS as expected. Should the address begin with http:// instead of https://?`;
  return null;
}

function statusFault(status: number, host: string, { baseUrl, hasKey, model }: Attempted): string {
  if (status >= 300 && status < 400)
    return `${host} sends requests elsewhere (${status}), which is not followed, so that the key goes nowhere else. Give the address it should be.`;
  if (status === 401)
    return hasKey
      ? `${host} does not take the key (401). Is it complete, and still valid?`
      : `${host} wants a key (401), and none is given.`;
  if (status === 403) return `${host} refuses this (403). The key may lack a permission.`;
  if (status === 404) return notFoundFault(host, baseUrl, model);
  if (status === 429) return `${host} refuses for now (429): its quota or rate limit is reached.`;
  if (status >= 500) return `${host} answers, but fails (${status}).`;
  return `${host} does not take the request (${status}).`;
}

function notFoundFault(host: string, baseUrl: string, model: string | null): string {
  if (!/\/v\d+[a-z0-9]*(\/|$)/.test(new URL(baseUrl).pathname))
    return `${host} answers, but has nothing at this path (404). The path mostly ends in /v1: try ${baseUrl}/v1.`;
  return model === null
    ? `${host} answers, but lists no models (404). Check the path; where it is right, add a model and test with that.`
    : `${host} answers, but knows no model ${model} (404).`;
}
