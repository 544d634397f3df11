import type { MockApiBindings, MockApiOperation } from "../../../../shared/contracts/mock-api.ts";
import type { MockApiProposal } from "../../../../shared/contracts/mock-api-studio.ts";

/**
 * The bindings that come of accepting some operations of a proposal. Time zone, key and limits stay as they were;
 * every other operation is answered from the document.
 */
export function acceptProposal(
  { bindings }: Pick<MockApiProposal, "bindings">,
  accepted: ReadonlySet<string>,
  present: MockApiBindings | null,
): MockApiBindings {
  const operations = Object.fromEntries(
    Object.entries(bindings.operations).filter(([operationId]) => accepted.has(operationId)),
  );
  if (!present) return { ...bindings, operations };
  const { collections: _collections, operations: _operations, ...settings } = present;
  return { ...bindings, ...settings, operations };
}

/** Lets an operation be answered from the document again. */
export function unbind(bindings: MockApiBindings, operationId: string): MockApiBindings {
  const { [operationId]: _unbound, ...operations } = bindings.operations;
  return { ...bindings, operations };
}

/** Collection an operation works on; null for one that has none. */
export function collectionOf(operation: MockApiOperation | undefined): string | null {
  return operation && "collection" in operation ? operation.collection : null;
}
