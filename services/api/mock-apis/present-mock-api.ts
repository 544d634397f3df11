import type { z } from "zod";
import { MockApiBindings } from "../../shared/contracts/mock-api.ts";
import {
  type MockApiAnswerKind,
  MockApiCheckState,
  type MockApiListItem,
  type MockApiOperationSummary,
  type MockApiVersionItem,
} from "../../shared/contracts/mock-api-studio.ts";
import type { MockApiRow } from "../records/mock-api.ts";
import type { MockApiVersionRow } from "../records/mock-api-version.ts";

export function presentListItem(row: MockApiRow): MockApiListItem {
  const { version, draft } = row;
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    createdAt: row.createdAt.toISOString(),
    archivedAt: row.archivedAt?.toISOString() ?? null,
    latestVersion: version && { ...version, createdAt: version.createdAt.toISOString() },
    draft: draft && {
      checkState: MockApiCheckState.parse(draft.checkState),
      sourceName: draft.sourceName,
      updatedAt: draft.updatedAt.toISOString(),
    },
  };
}

export function presentVersionItem(row: MockApiVersionRow): z.infer<typeof MockApiVersionItem> {
  return { ...row, createdAt: row.createdAt.toISOString() };
}

/** Each operation with how it is answered. */
export function withAnswers(
  operations: readonly MockApiOperationSummary[],
  bindings: MockApiBindings | null,
): (MockApiOperationSummary & { answeredBy: MockApiAnswerKind })[] {
  return operations.map((operation) => {
    const bound = bindings?.operations ?? {};
    const answeredBy = Object.hasOwn(bound, operation.operationId)
      ? bound[operation.operationId]!.kind
      : ("document" as const);
    return { ...operation, answeredBy };
  });
}

/** Title and version of a document. */
export function aboutDocument(document: unknown): { title: string; version: string } {
  const { info } = document as { info?: { title?: unknown; version?: unknown } };
  return { title: String(info?.title ?? ""), version: String(info?.version ?? "") };
}

export const NO_BINDINGS: MockApiBindings = MockApiBindings.parse({
  formatVersion: 1,
  collections: {},
  operations: {},
});
