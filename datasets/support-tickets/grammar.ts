import type { Random } from "./random.ts";

/**
 * The grammar of the text banks. `{a|b|}` chooses one alternative (an empty one makes it optional) and
 * nests; `$name` is a fact of the ticket; `@name` is a line of a bank, itself expanded (an
 * e-mail address is not).
 */
type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "choice"; readonly options: readonly (readonly Node[])[] }
  | { readonly kind: "fact"; readonly name: string }
  | { readonly kind: "bank"; readonly name: string };

export interface Scope {
  readonly random: Random;
  fact(name: string): string;
  bank(name: string): readonly string[];
}

const parsed = new Map<string, readonly Node[]>();

export function expand(template: string, scope: Scope): string {
  let nodes = parsed.get(template);
  if (!nodes) {
    nodes = parseTemplate(template);
    parsed.set(template, nodes);
  }
  return tidy(expandNodes(nodes, scope));
}

/** Parses or throws; the text banks are checked with it when they are loaded. */
export function parseTemplate(template: string): readonly Node[] {
  const [nodes, end] = parseSequence(template, 0, false);
  if (end !== template.length) throw new SyntaxError(`unbalanced braces in: ${template}`);
  return nodes;
}

function expandNodes(nodes: readonly Node[], scope: Scope): string {
  let text = "";
  for (const node of nodes) {
    if (node.kind === "text") text += node.text;
    else if (node.kind === "fact") text += scope.fact(node.name);
    else if (node.kind === "choice") text += expandNodes(scope.random.pick(node.options), scope);
    else text += expand(scope.random.pick(scope.bank(node.name)), scope);
  }
  return text;
}

function parseSequence(template: string, start: number, inChoice: boolean): [Node[], number] {
  const nodes: Node[] = [];
  let index = start;
  let text = "";
  const flush = () => {
    if (text) nodes.push({ kind: "text", text });
    text = "";
  };
  while (index < template.length) {
    const character = template[index]!;
    if (inChoice && (character === "|" || character === "}")) break;
    if (character === "{") {
      flush();
      const [choice, end] = parseChoice(template, index + 1);
      nodes.push(choice);
      index = end;
      continue;
    }
    const reference = /^[$@]([a-z][a-z0-9_]*)/.exec(template.slice(index, index + 40));
    if (reference && !(character === "@" && /[\w.]$/.test(text))) {
      flush();
      nodes.push({ kind: character === "$" ? "fact" : "bank", name: reference[1]! });
      index += reference[0].length;
      continue;
    }
    text += character;
    index++;
  }
  flush();
  return [nodes, index];
}

function parseChoice(template: string, start: number): [Node, number] {
  const options: Node[][] = [];
  let index = start;
  for (;;) {
    const [nodes, end] = parseSequence(template, index, true);
    options.push(nodes);
    if (end >= template.length) throw new SyntaxError(`unclosed brace in: ${template}`);
    index = end + 1;
    if (template[end] === "}") return [{ kind: "choice", options }, index];
  }
}

/** Empty alternatives leave double spaces and spaces before punctuation behind. */
function tidy(text: string): string {
  return text
    .replace(/ {2,}/g, " ")
    .replace(/ +([,.;!?])(?=\s|$)/g, "$1")
    .trim();
}
