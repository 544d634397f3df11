/**
 * Keeps a review blind. What is replaced is visible as such, so a reviewer never takes it for the candidate's text.
 */
export interface Identity {
  name: string;
  email: string;
}

const NAME_MARK = "[candidate name]";
const EMAIL_MARK = "[candidate e-mail]";

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Words of a name that are long enough to identify without hitting ordinary words. */
function namePatterns(name: string): string[] {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const joined = words.map(escapeRegExp);
  const patterns = [joined.join("[\\s._-]*")];
  if (words.length > 1) patterns.push([...joined].reverse().join(",?[\\s._-]*"));
  return patterns.filter((pattern) => pattern.length > 0);
}

/** @returns the text with the candidate's full name and e-mail address replaced, and whether anything was. */
export function redactIdentity(text: string, identity: Identity): { text: string; redacted: boolean } {
  let redacted = false;
  const replaceAll = (input: string, pattern: string, mark: string) =>
    input.replace(new RegExp(pattern, "giu"), () => {
      redacted = true;
      return mark;
    });
  let result = identity.email ? replaceAll(text, escapeRegExp(identity.email), EMAIL_MARK) : text;
  for (const pattern of namePatterns(identity.name)) {
    result = replaceAll(result, `(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, NAME_MARK);
  }
  return { text: result, redacted };
}

/** True for paths that hold a git repository's own data, where identities live. */
export function isGitInternal(path: string): boolean {
  return path.split("/").some((segment) => segment === ".git" || segment === ".gitconfig");
}
