import type { DatasetTable } from "../contracts/dataset.ts";
import { MockApiBindings, type MockApiOperation } from "../contracts/mock-api.ts";
import type { Certainty, MockApiProposal } from "../contracts/mock-api-studio.ts";
import { isObject, type JsonObject, objectAt } from "./compile/document.ts";
import { findList, findRecord } from "./propose/find-shape.ts";
import { missingValues } from "./propose/missing-values.ts";
import { plain, singular } from "./propose/names.ts";
import {
  type Match,
  matchTable,
  type ProposedCollection,
  proposeCollection,
  type Resource,
} from "./propose/propose-collection.ts";
import { proposeList } from "./propose/propose-list.ts";
import { acceptedOf, defaultsOf, touched } from "./propose/propose-write.ts";
import {
  type Field,
  isParameter,
  parameterIn,
  type ReadOperationShape,
  readOperations,
} from "./propose/read-operations.ts";

/**
 * Proposes which operations of a document answer from which tables, by names and schemas alone. A person confirms
 * it: each part says why it was chosen and how sure that is.
 * @param root a normalised document
 */
export function proposeBindings(root: JsonObject, tables: readonly DatasetTable[]): MockApiProposal {
  return new Proposal(root, tables).make();
}

interface Bound {
  resource: Resource;
  match: Match;
  proposed: ProposedCollection;
}

type Answer = { binding: MockApiOperation; certainty: Certainty; why: string[] } | { unbound: string };

class Proposal {
  readonly #root: JsonObject;
  readonly #tables: readonly DatasetTable[];
  readonly #operations: ReadOperationShape[];
  /** By the path of the list. */
  readonly #bound = new Map<string, Bound>();
  readonly #byTable = new Map<string, ProposedCollection>();
  readonly #reasons: MockApiProposal["reasons"] = [];

  constructor(root: JsonObject, tables: readonly DatasetTable[]) {
    this.#root = root;
    this.#tables = tables;
    this.#operations = readOperations(root);
  }

  make(): MockApiProposal {
    for (const resource of this.#resources()) this.#bind(resource);
    this.#addReferences();
    const operations: Record<string, MockApiOperation> = {};
    const unbound: MockApiProposal["unbound"] = [];
    for (const operation of this.#operations) {
      const { operationId } = operation;
      const answer = this.#answer(operation);
      if ("unbound" in answer) {
        unbound.push({ operationId, why: answer.unbound });
        continue;
      }
      operations[operationId] = answer.binding;
      const { certainty, why } = answer;
      this.#reasons.push({ of: { kind: "operation", operationId }, certainty, why });
    }
    const collections = Object.fromEntries(
      [...this.#byTable.values()].map(({ name, collection }) => [name, collection]),
    );
    const bindings = MockApiBindings.parse({
      formatVersion: 1,
      collections,
      operations,
      ...(this.#asksForKey() ? { apiKey: { environment: environmentName(this.#root) } } : {}),
    });
    return { bindings, reasons: this.#reasons, unbound };
  }

  #asksForKey(): boolean {
    return Object.keys(objectAt(objectAt(this.#root, "components"), "securitySchemes")).length > 0;
  }

  /** Lists, and things that can be read one by one; those with the shortest path first. */
  #resources(): Resource[] {
    const found = new Map<string, Resource>();
    const byLength = this.#operations.toSorted((left, right) => left.segments.length - right.segments.length);
    for (const operation of byLength) {
      const place = placeOf(operation);
      if (place === null) continue;
      const fields = this.#fieldsOf(operation, place.parameter !== null);
      const known = found.get(place.base);
      const idParameter = place.parameter ?? known?.idParameter ?? null;
      if (known) {
        known.idParameter = idParameter;
        if (fields.length > known.fields.length) known.fields = fields;
      } else found.set(place.base, { base: place.base, name: place.name, idParameter, fields });
    }
    return [...found.values()].filter(({ fields }) => fields.length > 0);
  }

  #fieldsOf(operation: ReadOperationShape, isItem: boolean): Field[] {
    if (!isItem && operation.method === "get") return findList(this.#root, operation.answer)?.fields ?? [];
    if (!["get", "post", "put", "patch"].includes(operation.method)) return [];
    const columns = new Set(this.#tables.flatMap((table) => table.columns.map(({ name }) => plain(name))));
    const isKnown = (field: Field) => columns.has(plain(field.name));
    return findRecord(this.#root, operation.answer, isKnown)?.fields ?? [];
  }

  #bind(resource: Resource): void {
    const match = matchTable(resource, this.#tables);
    if (!match) return;
    const known = this.#byTable.get(match.table.name);
    const names = new Set([...this.#byTable.values()].map(({ name }) => name));
    const proposed = known ?? proposeCollection(this.#root, resource, match, names);
    if (!proposed) return;
    this.#bound.set(resource.base, { resource, match, proposed });
    if (known) return;
    this.#byTable.set(match.table.name, proposed);
    const missing = missingValues(proposed.collection, match.table);
    this.#reasons.push({
      of: { kind: "collection", collection: proposed.name },
      certainty: missing.length > 0 ? "low" : certaintyOf(match.score),
      why: [...missing, ...match.why, `Records are identified by "${proposed.collection.id}".`],
    });
  }

  /** `customer_id` of a ticket holds identifiers of customers. */
  #addReferences(): void {
    for (const { collection } of this.#byTable.values())
      for (const [name, property] of Object.entries(collection.properties)) {
        const owner = [...this.#byTable.values()].find(
          (other) =>
            other.collection !== collection &&
            plain(name) === `${singular(other.collection.table)}id` &&
            property.type === other.collection.properties[other.collection.id]!.type,
        );
        if (owner) property.references = owner.name;
      }
  }

  #answer(operation: ReadOperationShape): Answer {
    const place = placeOf(operation);
    if (place === null) return { unbound: "Its path names neither a list nor one of its items." };
    const bound = this.#bound.get(place.base);
    if (!bound) return { unbound: `No table is like "${place.name}".` };
    const outer = this.#outerOf(place.base, bound);
    if (outer === null)
      return { unbound: `The table "${bound.match.table.name}" has no column for a parameter of its path.` };
    const answer =
      place.parameter === null
        ? this.#onList(operation, bound, outer)
        : this.#onItem(operation, bound, outer, place.parameter);
    return answer ?? { unbound: "What it does cannot be told from its method and path." };
  }

  /** Parameters further up in the path -> properties that must equal them; null when one has none. */
  #outerOf(base: string, { proposed }: Bound): Record<string, string> | null {
    const segments = base.split("/").filter(Boolean);
    const outer: Record<string, string> = {};
    for (const [index, segment] of segments.entries()) {
      if (!isParameter(segment)) continue;
      const parameter = parameterIn(segment);
      const owner = singular(segments[index - 1] ?? "");
      const names = [plain(parameter), `${owner}id`, `${plain(parameter)}id`];
      const property = [...proposed.byColumn].find(([column]) => names.includes(plain(column)))?.[1];
      if (property === undefined || property === proposed.collection.id) return null;
      outer[parameter] = property;
    }
    return outer;
  }

  #onList(operation: ReadOperationShape, bound: Bound, outer: Record<string, string>): Answer | null {
    const { proposed, match } = bound;
    const certainty = certaintyOf(match.score);
    if (operation.method === "get") {
      const list = findList(this.#root, operation.answer);
      if (!list) return { unbound: "Its answer has no array of objects." };
      const { operation: binding, why, unused } = proposeList(this.#root, operation.query, list, proposed);
      const ignored = unused.length > 0 ? [`Nothing is done with: ${unused.join(", ")}.`] : [];
      return {
        binding: { ...binding, ...this.#parentOf(bound, outer) },
        certainty,
        why: [...why, ...ignored],
      };
    }
    if (operation.method !== "post") return null;
    const sent = this.#recordIn(operation.body, proposed);
    if (!sent) return { unbound: "Its body has no field that is a column of the table." };
    const { parent } = this.#parentOf(bound, outer);
    const binding: MockApiOperation = {
      kind: "create",
      collection: proposed.name,
      within: parent ? {} : outer,
      ...(parent ? { parent } : {}),
      guards: [],
      effects: [],
      expand: {},
      ...this.#wrapOf(operation, proposed),
      accept: acceptedOf(proposed, sent.fields),
      ...(sent.at === null ? {} : { bodyAt: sent.at }),
      defaults: defaultsOf(proposed, match.table, sent.fields, proposed.byField),
    };
    return { binding, certainty, why: [`${binding.accept.length} fields of the body are columns.`] };
  }

  #onItem(
    operation: ReadOperationShape,
    { proposed, match }: Bound,
    within: Record<string, string>,
    parameter: string,
  ): Answer | null {
    const certainty = certaintyOf(match.score);
    const identified = {
      collection: proposed.name,
      parameter,
      within,
      expand: {},
      ...this.#wrapOf(operation, proposed),
    };
    const writing = { ...identified, guards: [], effects: touched(proposed) };
    const why = [`{${parameter}} is "${proposed.collection.id}".`];
    if (operation.method === "get") return { binding: { kind: "read", ...identified }, certainty, why };
    if (operation.method === "delete")
      return { binding: { kind: "delete", ...writing, effects: [] }, certainty, why };
    if (operation.method !== "patch" && operation.method !== "put") return null;
    const sent = this.#recordIn(operation.body, proposed);
    if (!sent) return { unbound: "Its body has no field that is a column of the table." };
    const accept = acceptedOf(proposed, sent.fields);
    const changing = { ...writing, accept, ...(sent.at === null ? {} : { bodyAt: sent.at }) };
    const said = [...why, `${accept.length} fields of the body are columns.`];
    return operation.method === "patch"
      ? { binding: { kind: "patch", ...changing }, certainty, why: said }
      : { binding: { kind: "put", ...changing, defaults: {}, createMissing: false }, certainty, why: said };
  }

  /** A sub-list of records that can be read by themselves: an unknown parent is a 404. */
  #parentOf({ resource }: Bound, outer: Record<string, string>) {
    const entries = Object.entries(outer);
    if (entries.length === 0) return {};
    const [parameter, property] = entries.at(-1)!;
    const parentBase = resource.base.slice(0, resource.base.lastIndexOf(`/{${parameter}}`));
    const parent = this.#bound.get(parentBase)?.proposed.name;
    const within = Object.fromEntries(entries.filter(([name]) => parent === undefined || name !== parameter));
    return parent === undefined
      ? { within: outer }
      : { within, parent: { collection: parent, parameter, property } };
  }

  #recordIn(body: JsonObject | null, { byField }: ProposedCollection) {
    return findRecord(this.#root, body, (field) => byField.has(field.name));
  }

  #wrapOf(operation: ReadOperationShape, proposed: ProposedCollection): { wrap?: string } {
    const at = this.#recordIn(operation.answer, proposed)?.at ?? null;
    return at === null ? {} : { wrap: at };
  }
}

/** Where an operation works: on a list (`/tickets`) or on one item of it (`/tickets/{id}`). */
function placeOf({
  segments,
}: ReadOperationShape): { base: string; name: string; parameter: string | null } | null {
  const last = segments.at(-1);
  if (last === undefined) return null;
  const isItem = isParameter(last);
  const own = isItem ? segments.slice(0, -1) : segments;
  const name = own.at(-1);
  if (name === undefined || isParameter(name) || name.includes("{")) return null;
  return { base: `/${own.join("/")}`, name, parameter: isItem ? parameterIn(last) : null };
}

function certaintyOf(score: number): Certainty {
  if (score >= 0.8) return "high";
  return score >= 0.6 ? "medium" : "low";
}

/** Of the variable that holds the key, for example `HELPDESK_API_KEY`. */
function environmentName(root: JsonObject): string {
  const title = isObject(root.info) ? String(root.info.title ?? "") : "";
  const name = title
    .toUpperCase()
    .replace(/\bAPI\b/g, " ")
    .trim()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^[^A-Z]+|_+$/g, "")
    .slice(0, 50);
  return name === "" ? "API_KEY" : `${name}_API_KEY`;
}
