import type {
  ActionOperation,
  CreateOperation,
  DeleteOperation,
  Parent,
  PatchOperation,
  PutOperation,
} from "../../../shared/contracts/mock-api.ts";
import { pointerTo } from "../../../shared/mock-api/compile/document.ts";
import { ApiProblem, notFound, type Violation } from "../api-problem.ts";
import type { RecordChange } from "../state/attempt-database.ts";
import { emptyValue, type Json, type StoredRecord } from "../state/column-value.ts";
import { type Acceptance, acceptedFrom, pointerIn } from "./accept-body.ts";
import { Draft, holds, type Scene, sameJson } from "./draft.ts";
import { entityTag, requireMatch } from "./entity-tag.ts";
import type { Exchange, Outcome } from "./exchange.ts";
import { cellOf, findRecord, keyOf, withinFilters } from "./find-record.ts";
import { presentRecord, wrapRecord } from "./present-record.ts";

type Planned = { changes: RecordChange[]; result: Outcome };

/** Each runs in the attempt's turn to write: between reading the record and saving it, nobody else writes. */
export function planCreate(exchange: Exchange, binding: CreateOperation): Planned {
  const draft = draftOf(exchange);
  const parent = findParent(exchange, draft, binding);
  const record = emptyRecord(exchange, binding.collection);
  const scene: Scene = { record, before: null, parent };
  const given = acceptedFrom(exchange, binding);
  Object.assign(record, withinValues(exchange, binding), given);
  for (const [name, value] of Object.entries(binding.defaults))
    if (!Object.hasOwn(given, name))
      record[name] = draft.value(value, scene, { collection: binding.collection, property: name });
  requireReferences(exchange, draft, binding, given);
  requireNew(exchange, draft, binding.collection, record);
  return finish(exchange, draft, binding, scene);
}

/** @throws ApiProblem 404 when there is no such record and the binding creates none */
export function planPut(exchange: Exchange, binding: PutOperation): Planned {
  const draft = draftOf(exchange);
  const isNew = binding.createMissing && !findAny(exchange, draft, binding);
  const scene = isNew ? newScene(exchange, draft, binding) : sceneOf(exchange, draft, binding);
  const { properties } = exchange.api.shapes.get(binding.collection)!;
  const given = acceptedFrom(exchange, binding);
  for (const name of binding.accept) {
    const fallback = binding.defaults[name];
    if (Object.hasOwn(given, name)) scene.record[name] = given[name]!;
    else if (name !== idOf(exchange, binding.collection))
      scene.record[name] = fallback
        ? draft.value(fallback, scene, { collection: binding.collection, property: name })
        : emptyValue(properties.get(name)!.definition);
  }
  keepIdentity(exchange, binding, scene);
  requireReferences(exchange, draft, binding, given);
  return finish(exchange, draft, binding, scene);
}

function findAny(exchange: Exchange, draft: Draft, binding: PutOperation): boolean {
  return draft.find(binding.collection, keyOf(exchange, binding.parameter)) !== null;
}

/** Of a record that a put creates under the identifier of the request. */
function newScene(exchange: Exchange, draft: Draft, binding: PutOperation): Scene {
  const { collection } = binding;
  const key = keyOf(exchange, binding.parameter);
  const id = cellOf(exchange, collection, idOf(exchange, collection), key);
  if (id === "" || id === null) throw notFound("The request names no record.");
  const parent = findParent(exchange, draft, binding);
  const record = {
    ...emptyRecord(exchange, collection),
    ...withinValues(exchange, binding),
    [idOf(exchange, collection)]: id,
  };
  const scene: Scene = { record, before: null, parent };
  for (const [name, value] of Object.entries(binding.defaults))
    record[name] = draft.value(value, scene, { collection, property: name });
  if (binding.parent) record[binding.parent.property] = parentId(exchange, binding);
  return scene;
}

/** A body that names another identifier than the request does not move the record. */
function keepIdentity(exchange: Exchange, binding: PutOperation | PatchOperation, scene: Scene): void {
  const id = idOf(exchange, binding.collection);
  if (scene.before && !sameJson(scene.before[id], scene.record[id]))
    throw ApiProblem.invalid([
      { in: "body", pointer: pointerTo("", id), message: "must not change the identifier" },
    ]);
}

/** @throws ApiProblem 409 when the body gives a new record an identifier that is taken */
function requireNew(exchange: Exchange, draft: Draft, collection: string, record: StoredRecord): void {
  const id = String(record[idOf(exchange, collection)] ?? "");
  if (id === "")
    throw ApiProblem.invalid([{ in: "body", pointer: "", message: "gives the record no identifier" }]);
  if (draft.find(collection, id)) throw ApiProblem.of("already_exists", `There is a record "${id}" already.`);
}

export function planPatch(exchange: Exchange, binding: PatchOperation): Planned {
  const draft = draftOf(exchange);
  const scene = sceneOf(exchange, draft, binding);
  const given = acceptedFrom(exchange, binding);
  requireReferences(exchange, draft, binding, given);
  Object.assign(scene.record, given);
  keepIdentity(exchange, binding, scene);
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
  binding: PatchOperation | PutOperation | ActionOperation | DeleteOperation,
): Scene {
  const parent = findParent(exchange, draft, binding);
  const before = findRecord(exchange, binding, draft.find.bind(draft));
  if (binding.parent && !sameJson(before[binding.parent.property], parentId(exchange, binding)))
    throw notFound(`There is no record "${keyOf(exchange, binding.parameter)}".`);
  requireMatch(exchange.parameters.header.get("if-match"), before);
  return { record: { ...before }, before, parent };
}

/** The parent's identifier as records hold it. */
function parentId(
  exchange: Exchange,
  { collection, parent }: { collection: string; parent?: Parent | undefined },
): Json {
  const text = String(exchange.parameters.path.get(parent!.parameter));
  return cellOf(exchange, collection, parent!.property, text);
}

/** What the path says of a new record. */
function withinValues(
  exchange: Exchange,
  { collection, within }: CreateOperation | PutOperation,
): StoredRecord {
  return Object.fromEntries(
    withinFilters(exchange, collection, within).map(({ property, value }) => [property, value]),
  );
}

function findParent(
  exchange: Exchange,
  draft: Draft,
  binding: CreateOperation | PatchOperation | PutOperation | ActionOperation | DeleteOperation,
): StoredRecord | null {
  if (!binding.parent) return null;
  const id = String(parentId(exchange, binding));
  const parent = draft.find(binding.parent.collection, id);
  if (!parent) throw notFound(`There is no record "${id}".`);
  return parent;
}

function finish(
  exchange: Exchange,
  draft: Draft,
  binding: CreateOperation | PatchOperation | PutOperation | ActionOperation,
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
  const shown = presentRecord(exchange.api, collection, scene.record, binding.expand, find);
  const body = wrapRecord(exchange.api, collection, binding.wrap, shown);
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

/** @throws ApiProblem 422 for an identifier that names nothing */
function requireReferences(exchange: Exchange, draft: Draft, binding: Acceptance, given: StoredRecord): void {
  const { properties } = exchange.api.shapes.get(binding.collection)!;
  const violations: Violation[] = [];
  for (const [name, value] of Object.entries(given)) {
    const property = properties.get(name)!;
    const { references } = property.definition;
    if (references && value !== null && !draft.find(references, String(value)))
      violations.push({
        in: "body",
        pointer: pointerIn(exchange, binding, property),
        message: "names no existing record",
      });
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
