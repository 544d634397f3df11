import type {
  ActionOperation,
  CreateOperation,
  DeleteOperation,
  PatchOperation,
} from "../../../shared/contracts/mock-api.ts";
import { isObject, pointerTo } from "../../../shared/mock-api/compile/document.ts";
import { ApiProblem, notFound, type Violation } from "../api-problem.ts";
import type { RecordChange } from "../state/attempt-database.ts";
import type { Json, StoredRecord } from "../state/column-value.ts";
import { Draft, holds, type Scene, sameJson } from "./draft.ts";
import { entityTag, requireMatch } from "./entity-tag.ts";
import type { Exchange, Outcome } from "./exchange.ts";
import { presentRecord } from "./present-record.ts";

type Planned = { changes: RecordChange[]; result: Outcome };

/** Each runs in the attempt's turn to write: between reading the record and saving it, nobody else writes. */
export function planCreate(exchange: Exchange, binding: CreateOperation): Planned {
  const draft = draftOf(exchange);
  const parent = findParent(exchange, draft, binding);
  const record = emptyRecord(exchange, binding.collection);
  const scene: Scene = { record, before: null, parent };
  const given = acceptedFrom(exchange.body, binding.accept);
  Object.assign(record, given);
  for (const [name, value] of Object.entries(binding.defaults))
    if (!Object.hasOwn(given, name)) record[name] = draft.value(value, scene, null, binding.collection);
  requireReferences(exchange, draft, binding.collection, given);
  return finish(exchange, draft, binding, scene);
}

export function planPatch(exchange: Exchange, binding: PatchOperation): Planned {
  const draft = draftOf(exchange);
  const scene = sceneOf(exchange, draft, binding);
  const given = acceptedFrom(exchange.body, binding.accept);
  requireReferences(exchange, draft, binding.collection, given);
  Object.assign(scene.record, given);
  return finish(exchange, draft, binding, scene);
}

export function planAction(exchange: Exchange, binding: ActionOperation): Planned {
  const draft = draftOf(exchange);
  return finish(exchange, draft, binding, sceneOf(exchange, draft, binding));
}

export function planDelete(exchange: Exchange, binding: DeleteOperation): Planned {
  const draft = draftOf(exchange);
  const scene = sceneOf(exchange, draft, binding);
  refuseGuarded(binding.guards, scene);
  for (const effect of binding.effects) draft.applyEffect(binding.collection, effect, scene);
  draft.delete(binding.collection, String(scene.record[idOf(exchange, binding.collection)]));
  return { changes: draft.changes(), result: { status: exchange.operation.successStatus } };
}

function draftOf(exchange: Exchange): Draft {
  const { state, api, parameters, now } = exchange;
  return new Draft({ database: state.database, bindings: api.bindings, path: parameters.path, now });
}

function idOf(exchange: Exchange, collection: string): string {
  return exchange.api.bindings.collections[collection]!.id;
}

/** The record to change, copied; its parent must be the one of the path. @throws ApiProblem 404, 412 */
function sceneOf(
  exchange: Exchange,
  draft: Draft,
  binding: PatchOperation | ActionOperation | DeleteOperation,
): Scene {
  const parent = findParent(exchange, draft, binding);
  const id = String(exchange.parameters.path.get(binding.parameter));
  const before = draft.find(binding.collection, id);
  const elsewhere = binding.parent && before?.[binding.parent.property] !== parentId(exchange, binding);
  if (!before || elsewhere) throw notFound(`There is no record "${id}".`);
  requireMatch(exchange.parameters.header.get("if-match"), before);
  return { record: { ...before }, before, parent };
}

function parentId(exchange: Exchange, binding: { parent?: { parameter: string } | undefined }): string {
  return String(exchange.parameters.path.get(binding.parent!.parameter));
}

function findParent(
  exchange: Exchange,
  draft: Draft,
  binding: CreateOperation | PatchOperation | ActionOperation | DeleteOperation,
): StoredRecord | null {
  if (!binding.parent) return null;
  const id = parentId(exchange, binding);
  const parent = draft.find(binding.parent.collection, id);
  if (!parent) throw notFound(`There is no record "${id}".`);
  return parent;
}

function finish(
  exchange: Exchange,
  draft: Draft,
  binding: CreateOperation | PatchOperation | ActionOperation,
  scene: Scene,
): Planned {
  const { collection } = binding;
  if (binding.kind === "create" && binding.parent)
    scene.record[binding.parent.property] = parentId(exchange, binding);
  refuseGuarded(binding.guards, scene);
  for (const effect of binding.effects) draft.applyEffect(collection, effect, scene);
  requireRoomInLists(scene);
  draft.put(collection, scene.record);
  const find = draft.find.bind(draft);
  const body = presentRecord(exchange.api.bindings, collection, scene.record, binding.expand, find);
  const headers = { etag: entityTag(scene.record) };
  return { changes: draft.changes(), result: { status: exchange.operation.successStatus, body, headers } };
}

function refuseGuarded(guards: PatchOperation["guards"], scene: Scene): void {
  for (const guard of guards)
    if (guard.when.every((condition) => holds(condition, scene, scene.record)))
      throw ApiProblem.declared(guard.status, guard.code, guard.detail);
}

function emptyRecord(exchange: Exchange, collection: string): StoredRecord {
  const { properties } = exchange.api.bindings.collections[collection]!;
  return Object.fromEntries(Object.keys(properties).map((name) => [name, null]));
}

/** Own properties of the body that the binding allows; nothing else of it ever reaches a record. */
function acceptedFrom(body: unknown, accept: readonly string[]): StoredRecord {
  if (!isObject(body)) return {};
  return Object.fromEntries(
    accept.filter((name) => Object.hasOwn(body, name)).map((name) => [name, body[name] as Json]),
  );
}

/** @throws ApiProblem 422 for an identifier that names nothing */
function requireReferences(exchange: Exchange, draft: Draft, collection: string, given: StoredRecord): void {
  const { properties } = exchange.api.bindings.collections[collection]!;
  const violations: Violation[] = [];
  for (const [name, value] of Object.entries(given)) {
    const { references } = properties[name]!;
    if (references && value !== null && !draft.find(references, String(value)))
      violations.push({ in: "body", pointer: pointerTo("", name), message: "names no existing record" });
  }
  if (violations.length > 0) throw ApiProblem.invalid(violations);
}

const MAX_LIST_LENGTH = 200;

/** Effects add to lists one request at a time, past any limit of a body's schema. */
function requireRoomInLists({ record, before }: Scene): void {
  for (const [name, value] of Object.entries(record))
    if (Array.isArray(value) && value.length > MAX_LIST_LENGTH && !sameJson(before?.[name], value))
      throw ApiProblem.of("storage_exhausted", `"${name}" may have at most ${MAX_LIST_LENGTH} entries.`);
}
