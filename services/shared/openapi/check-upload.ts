import type { MockApiIssue, MockApiOperationSummary } from "../contracts/mock-api-studio.ts";
import { MAX_REPORTED_ISSUES } from "../contracts/mock-api-studio.ts";
import { checkWeather, Weather } from "../contracts/weather.ts";
import { MockApiCompileError } from "../mock-api/compile/compile-error.ts";
import { compileMockApi } from "../mock-api/compile/compile-mock-api.ts";
import type { JsonObject } from "../mock-api/compile/document.ts";
import { bundle } from "./bundle.ts";
import { checkDocument } from "./check-document.ts";
import { type Issue, type Place, UnreadableDocumentError } from "./issue.ts";
import { type ReadBytes, readSource } from "./read-source.ts";
import { isZip, readZip } from "./read-zip.ts";
import { summariseOperations } from "./summarise.ts";

export interface UploadCheck {
  openapi: string | null;
  title: string | null;
  version: string | null;
  errors: number;
  warnings: number;
  /** At most {@link MAX_REPORTED_ISSUES}. */
  issues: MockApiIssue[];
  operations: MockApiOperationSummary[];
  /** What the engine serves; null when the document has errors. */
  document: JsonObject | null;
}

/** What of a draft is checked together with its document. */
export interface DraftParts {
  /** Null: none yet, everything is answered from the document. */
  bindings: unknown;
  weather: unknown;
}

/** Rules whose issues have no place in the text. */
const OUTSIDE = new Set(["bindings", "weather", "not-checked"]);

type Locate = (pointers: readonly string[]) => Map<string, Place & { file?: string }>;

interface Readable {
  value: unknown;
  bytes: number;
  locate: Locate;
}

/**
 * Everything that is done with an uploaded file (`read` gives its bytes): reads it (JSON, YAML, or a zip of these), judges it, makes it ready
 * to serve, and compiles it with the bindings. Pure, and slow for hostile files: run it in a confined child.
 */
export async function checkUpload(read: ReadBytes, draft: DraftParts): Promise<UploadCheck> {
  try {
    const source = isZip(read(4)) ? bundle(await readZip(read())) : readSource(read);
    return checkSource(source, draft);
  } catch (error) {
    if (error instanceof UnreadableDocumentError) return unreadable(error, () => new Map());
    throw error;
  }
}

function checkSource({ value, bytes, locate }: Readable, draft: DraftParts): UploadCheck {
  try {
    const checked = checkDocument(value, bytes);
    const { document, openapi, title, version } = checked;
    const operations = document ? summariseOperations(document) : [];
    const compiling = document
      ? [...compileIssues(document, draft.bindings), ...weatherIssues(draft.weather, operations)]
      : [];
    const issues = [...compiling, ...checked.issues].toSorted((left, right) =>
      left.severity < right.severity ? -1 : left.severity > right.severity ? 1 : 0,
    );
    const listed = issues.slice(0, MAX_REPORTED_ISSUES);
    const inDocument = listed.filter(({ rule }) => !OUTSIDE.has(rule));
    const places = locate(inDocument.map(({ pointer }) => pointer));
    return {
      openapi,
      title,
      version,
      errors: issues.filter(({ severity }) => severity === "error").length,
      warnings: issues.filter(({ severity }) => severity === "warning").length,
      issues: listed.map((issue) =>
        present(issue, inDocument.includes(issue) ? places.get(issue.pointer) : undefined),
      ),
      operations,
      document,
    };
  } catch (error) {
    if (error instanceof UnreadableDocumentError) return unreadable(error, locate);
    throw error;
  }
}

const NO_BINDINGS = { formatVersion: 1, collections: {}, operations: {} };

/** What the engine itself says, so that nothing is published that it could not serve. */
function compileIssues(document: JsonObject, bindings: unknown): Issue[] {
  try {
    const { notes } = compileMockApi(document, bindings ?? NO_BINDINGS);
    return notes.map((message) => ({ severity: "warning", rule: "not-checked", message, pointer: "" }));
  } catch (error) {
    if (!(error instanceof MockApiCompileError)) throw error;
    return error.issues.map((message) => ({ severity: "error", rule: "bindings", message, pointer: "" }));
  }
}

function weatherIssues(weather: unknown, operations: readonly MockApiOperationSummary[]): Issue[] {
  const parsed = Weather.safeParse(weather ?? { rules: [] });
  const ids = operations.map(({ operationId }) => operationId);
  const found = parsed.success
    ? checkWeather(parsed.data, ids)
    : parsed.error.issues.map(({ path, message }) => ({ pointer: `/${path.join("/")}`, message }));
  return found.map(({ pointer, message }) => ({ severity: "error", rule: "weather", message, pointer }));
}

function present(issue: Issue, place: (Place & { file?: string }) | undefined): MockApiIssue {
  return {
    ...issue,
    message: issue.message.slice(0, 1000),
    pointer: issue.pointer.slice(0, 1000),
    line: place?.line ?? null,
    column: place?.column ?? null,
    file: place?.file ?? null,
  };
}

function unreadable(error: UnreadableDocumentError, locate: Locate): UploadCheck {
  const { rule, message, pointer } = error;
  const place = error.place ?? locate([pointer]).get(pointer);
  const issue = present({ severity: "error", rule, message, pointer }, place ?? undefined);
  return {
    openapi: null,
    title: null,
    version: null,
    errors: 1,
    warnings: 0,
    issues: [{ ...issue, file: error.file ?? issue.file }],
    operations: [],
    document: null,
  };
}
