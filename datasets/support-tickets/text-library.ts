import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseTemplate } from "./grammar.ts";
import { type Category, LANGUAGES, type Language, type Priority } from "./tables.ts";

/** A way to put the issue; with causes, only those can be the answer to it. */
export interface Statement {
  readonly causes: readonly string[];
  readonly text: string;
}

/** What a scenario says in one language. Root causes are the keys of `answers`. */
export interface ScenarioText {
  readonly subjects: readonly string[];
  readonly statements: readonly Statement[];
  readonly details: readonly string[];
  readonly short: readonly Statement[];
  readonly asks: readonly string[];
  readonly answers: readonly (readonly [cause: string, text: string])[];
  readonly questions: readonly string[];
  readonly replies: readonly string[];
  readonly notes: readonly string[];
}

export interface Scenario {
  readonly id: string;
  readonly category: Category;
  readonly weight: number;
  readonly priority: Priority;
  readonly product: string;
  readonly team: string;
  readonly article: string;
  readonly stake: string;
  readonly tried: string;
  readonly needsEscalation: boolean;
  readonly texts: ReadonlyMap<Language, ScenarioText>;
}

export interface TextLibrary {
  readonly scenarios: readonly Scenario[];
  bank(language: Language, name: string): readonly string[];
}

const FIELD_OF_MARK: Record<string, keyof ScenarioText> = {
  S: "subjects",
  W: "statements",
  D: "details",
  X: "short",
  A: "asks",
  Q: "questions",
  F: "replies",
  N: "notes",
};

interface Draft {
  header: string[];
  text: Record<keyof ScenarioText, (string | Statement | readonly [string, string])[]>;
}

/**
 * Reads `text/<language>/*.txt`. A `scenarios*.txt` file holds blocks headed `== id | …` (the English one
 * carries the attributes) of lines marked S subject, W statement, X short form (`W cause+cause:` ties it to these answers), D detail, A ask, `R cause:`
 * answer, Q question, F reply to it, N internal note. `banks.txt` holds `# name` and a line per variant.
 */
export function loadTextLibrary(directory = join(import.meta.dirname, "text")): TextLibrary {
  const banks = new Map<string, readonly string[]>();
  const drafts = new Map<Language, Map<string, Draft>>();
  for (const language of LANGUAGES) {
    const blocks = new Map<string, Draft>();
    for (const file of readdirSync(join(directory, language)).sort()) {
      const lines = readFileSync(join(directory, language, file), "utf8").split("\n");
      if (file === "banks.txt") readBanks(lines, language, banks);
      else for (const [id, draft] of readBlocks(lines, `${language}/${file}`)) blocks.set(id, draft);
    }
    drafts.set(language, blocks);
  }
  return {
    scenarios: [...drafts.get("en")!].map(([id, draft]) => toScenario(id, draft, drafts)),
    bank: (language, name) => findBank(banks, language, name),
  };
}

/** Banks of which a language may have only the `_general` one. */
const FAMILIES = ["stake", "tried", "thanks"];

function findBank(banks: ReadonlyMap<string, readonly string[]>, language: Language, name: string) {
  const family = FAMILIES.find((prefix) => name.startsWith(`${prefix}_`));
  const found =
    banks.get(`${language}/${name}`) ?? banks.get(`${language}/${family}_general`) ?? banks.get(`en/${name}`);
  if (!found) throw new RangeError(`no text bank ${name} in ${language}`);
  return found;
}

function readBanks(
  lines: readonly string[],
  language: Language,
  banks: Map<string, readonly string[]>,
): void {
  let current: string[] = [];
  for (const line of lines) {
    if (line.startsWith("# ")) {
      current = [];
      banks.set(`${language}/${line.slice(2).trim()}`, current);
    } else if (line.trim()) {
      parseTemplate(line);
      current.push(line);
    }
  }
}

function readBlocks(lines: readonly string[], source: string): Map<string, Draft> {
  const blocks = new Map<string, Draft>();
  let draft: Draft | undefined;
  for (const [index, line] of lines.entries()) {
    if (!line.trim()) continue;
    if (line.startsWith("== ")) {
      const header = line
        .slice(3)
        .split("|")
        .map((part) => part.trim());
      draft = {
        header,
        text: {
          subjects: [],
          statements: [],
          details: [],
          short: [],
          asks: [],
          answers: [],
          questions: [],
          replies: [],
          notes: [],
        },
      };
      blocks.set(header[0]!, draft);
      continue;
    }
    const mark = /^([SDAQFN]): (.+)$/.exec(line);
    const statement = /^([WX])(?: ([a-z0-9_+]+))?: (.+)$/.exec(line);
    const answer = /^R ([a-z0-9_]+): (.+)$/.exec(line);
    if (!draft || (!mark && !answer && !statement))
      throw new SyntaxError(`${source}:${index + 1}: cannot read "${line}"`);
    parseTemplate((statement ? statement[3] : (mark ?? answer)![2])!);
    if (answer) draft.text.answers.push([answer[1]!, answer[2]!]);
    else if (statement)
      draft.text[FIELD_OF_MARK[statement[1]!]!].push({
        causes: statement[2]?.split("+") ?? [],
        text: statement[3]!,
      });
    else draft.text[FIELD_OF_MARK[mark![1]!]!].push(mark![2]!);
  }
  return blocks;
}

function toScenario(
  id: string,
  english: Draft,
  drafts: ReadonlyMap<Language, ReadonlyMap<string, Draft>>,
): Scenario {
  const [, category, ...attributes] = english.header;
  const value = (name: string) =>
    attributes.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
  const texts = new Map<Language, ScenarioText>();
  for (const [language, blocks] of drafts) {
    const draft = blocks.get(id);
    if (draft) texts.set(language, draft.text as unknown as ScenarioText);
  }
  return {
    id,
    category: category as Category,
    weight: Number(value("w")),
    priority: value("prio") as Priority,
    product: value("product"),
    team: value("team"),
    article: value("kb"),
    stake: value("stake"),
    tried: value("tried"),
    needsEscalation: value("esc") === "1",
    texts,
  };
}
