/** The page's policy allows only styles that carry this. Browsers hide it from attributes, not from scripts. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
}
