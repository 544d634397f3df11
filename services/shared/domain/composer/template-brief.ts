/** What the brief of a template begins as. Its first and second part are there to be replaced. */
export const TEMPLATE_BRIEF = `# What we would like you to build

Say in a few sentences who has which problem, and what a good Monday would look like.

## What you have

- Where the data is, and what it is about
- Which API answers, and where its reference is
- The workspace: editor, terminal, languages

## What to hand in

1. **Something that runs.** One command, named in \`NOTES.md\`.
2. **\`NOTES.md\`**, a page or less: what you built and what you left out; how you know that it works; what you found in the data; what you would do next; where you used AI help.

Everything in \`/workspace\` is handed in when you press Submit, or by itself when the time is up.
`;

/** Sentences of the template that tell authors what to write, and nothing to candidates. */
const INSTRUCTIONS = [
  "Say in a few sentences who has which problem, and what a good Monday would look like.",
  "- Where the data is, and what it is about",
  "- Which API answers, and where its reference is",
  "- The workspace: editor, terminal, languages",
];

/** Those that are still in a brief. */
export function leftInstructions(brief: string): string[] {
  const lines = new Set(brief.split("\n").map((line) => line.trim()));
  return INSTRUCTIONS.filter((instruction) => lines.has(instruction));
}
