/** What a rule of the check is called, and what to do where it is broken. The messages say what is wrong. */
export interface RuleWords {
  title: string;
  advice: string;
}

const RULES: Record<string, RuleWords> = {
  "not-openapi": {
    title: "Not an OpenAPI 3.0 or 3.1 document",
    advice: "Export it as OpenAPI 3.0 or 3.1 and bring it again.",
  },
  syntax: { title: "It cannot be read", advice: "Correct the YAML or JSON at this place." },
  specification: {
    title: "Not as the specification says",
    advice: "Change this place so that it has the form OpenAPI asks for.",
  },
  "duplicate-operation-id": {
    title: "One operationId for several operations",
    advice: "Give each operation an operationId of its own.",
  },
  "duplicate-parameter": { title: "A parameter is there twice", advice: "Remove one of the two." },
  "duplicate-key": {
    title: "A name is there twice",
    advice: "Keep one of the two; the other is never seen.",
  },
  "ambiguous-path": {
    title: "Two paths that nothing tells apart",
    advice: "Join them into one path, or change one.",
  },
  "path-template": { title: "The path is not well formed", advice: "Correct its names in braces." },
  "path-parameter-undeclared": {
    title: "Path parameters without a description",
    advice: "Add a parameter with in: path, or leave it if any text will do.",
  },
  "path-parameter-unused": {
    title: "Described path parameters that the path does not have",
    advice: "Remove the parameter, or name it in the path.",
  },
  "unresolved-reference": {
    title: "References that lead nowhere",
    advice: "Correct the reference, or add what it names to the document.",
  },
  "outside-reference": {
    title: "References out of the document",
    advice: "Nothing is fetched from elsewhere. Pack all files into one zip and refer to them there.",
  },
  "wrong-reference": {
    title: "References to something of another kind",
    advice: "Refer to something that fits this place.",
  },
  "circular-reference": {
    title: "References that only lead back to themselves",
    advice: "Let one of them have a content of its own.",
  },
  "dynamic-reference": { title: "Dynamic references", advice: "Nothing to do if an ordinary one is meant." },
  expansion: { title: "Schemas that grow too much", advice: "Split the schema, or nest it less." },
  "json-schema": { title: "Schemas that are not JSON Schema", advice: "Correct the schema." },
  nullable: { title: "nullable in OpenAPI 3.1", advice: 'Write type: [string, "null"] instead.' },
  dialect: { title: "Another dialect of JSON Schema", advice: "Nothing to do if 2020-12 reads it alike." },
  pattern: {
    title: "Patterns that are not checked",
    advice: "Write them without look-around and back-references if they matter.",
  },
  "undefined-security-scheme": {
    title: "Security schemes that are not described",
    advice: "Add them to components.securitySchemes.",
  },
  "server-variable": {
    title: "Server variables",
    advice: "Give each variable of a server's address a default.",
  },
  "no-operations": { title: "No operations", advice: "Add at least one path with an operation." },
  "unserved-path": { title: "Paths that are not served", advice: "Let them begin with a slash." },
  "external-example": { title: "Examples elsewhere", advice: "Put the example into the document." },
  bindings: {
    title: "Answers that do not fit the document or the data",
    advice: "Correct them on the Answers tab, or propose them anew.",
  },
  weather: {
    title: "Weather that does not fit the document",
    advice: "Correct the rule on the Weather tab.",
  },
};

/** A rule without words of its own goes by its name. */
export function wordsOfRule(rule: string): RuleWords {
  const known = RULES[rule];
  if (known) return known;
  const words = rule.replaceAll("-", " ");
  return {
    title: words.charAt(0).toUpperCase() + words.slice(1),
    advice: rule.startsWith("too-")
      ? "Make the document smaller at this place, or bring the part of it that candidates need."
      : "Correct the document at this place and bring it again.",
  };
}
