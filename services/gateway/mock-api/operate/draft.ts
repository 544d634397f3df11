import { randomUUID } from "node:crypto";
import type {
  Condition,
  Effect,
  MockApiBindings,
  ValueExpression,
} from "../../../shared/contracts/mock-api.ts";
import type { AttemptDatabase, RecordChange } from "../state/attempt-database.ts";
import type { Json, StoredRecord } from "../state/column-value.ts";

/** The records a condition or a value may speak of. */
export interface Scene {
  record: StoredRecord;
  before: StoredRecord | null;
  parent: StoredRecord | null;
}

/** What a value is computed for. */
interface Place {
  collection: string;
  property?: string;
  present?: Json | undefined;
}

export interface DraftContext {
  database: AttemptDatabase;
  bindings: MockApiBindings;
  path: ReadonlyMap<string, unknown>;
  now: string;
}

/** Changes one write is about to make; effects see what came before them. */
export class Draft {
  readonly #context: DraftContext;
  readonly #changes = new Map<string, RecordChange>();
  /** Records as they are stored, by what they were found under. Nobody changes them. */
  readonly #stored = new Map<string, StoredRecord | null>();

  constructor(context: DraftContext) {
    this.#context = context;
  }

  find(collection: string, id: string): StoredRecord | null {
    const change = this.#changes.get(`${collection}/${id}`);
    return change ? change.record : this.#findStored(collection, id);
  }

  #findStored(collection: string, id: string): StoredRecord | null {
    const key = `${collection}/${id}`;
    const known = this.#stored.get(key);
    if (known !== undefined) return known;
    const found = this.#context.database.find(collection, id);
    this.#stored.set(key, found);
    return found;
  }

  put(collection: string, record: StoredRecord): void {
    const id = String(record[this.#context.bindings.collections[collection]!.id]);
    this.#changes.set(`${collection}/${id}`, { collection, id, record });
  }

  delete(collection: string, id: string): void {
    this.#changes.set(`${collection}/${id}`, { collection, id, record: null });
  }

  /** What really differs from what is stored. */
  changes(): RecordChange[] {
    return [...this.#changes.values()].filter(
      ({ collection, id, record }) => !sameRecord(this.#findStored(collection, id), record),
    );
  }

  /** Carries out one effect of a write of `scene.record`, which it may change itself. */
  applyEffect(collection: string, effect: Effect, scene: Scene): void {
    if (effect.changed?.every((name) => sameJson(scene.before?.[name], scene.record[name]))) return;
    const targetCollection = effect.target?.collection ?? collection;
    const target = effect.target
      ? this.find(
          targetCollection,
          String(this.value(effect.target.id, scene, { collection: targetCollection })),
        )
      : scene.record;
    if (!target || !effect.when.every((condition) => holds(condition, scene, target))) return;
    const changed = effect.target ? { ...target } : target;
    for (const [name, value] of Object.entries(effect.set))
      changed[name] = this.value(value, scene, {
        collection: targetCollection,
        property: name,
        present: target[name],
      });
    for (const [name, value] of Object.entries(effect.add)) {
      const added = this.value(value, scene, { collection: targetCollection });
      const list = listOf(target[name]);
      changed[name] = list.some((item) => sameJson(item, added)) ? list : [...list, added];
    }
    for (const [name, value] of Object.entries(effect.remove)) {
      const removed = this.value(value, scene, { collection: targetCollection });
      changed[name] = listOf(target[name]).filter((item) => !sameJson(item, removed));
    }
    if (effect.target) this.put(targetCollection, changed);
  }

  value(expression: ValueExpression, scene: Scene, place: Place): Json {
    const { collection, property, present } = place;
    if ("constant" in expression) return expression.constant as Json;
    if ("now" in expression) return this.#context.now;
    if ("parameter" in expression) return (this.#context.path.get(expression.parameter) ?? null) as Json;
    if ("record" in expression) return scene.record[expression.record] ?? null;
    if ("plus" in expression) return Number(present ?? 0) + expression.plus;
    if ("uuid" in expression) return randomUUID();
    const { prefix, digits } = expression.sequence;
    const next = this.#context.database.highestSequence(collection, prefix) + 1;
    const { properties } = this.#context.bindings.collections[collection]!;
    if (property && properties[property]?.type === "integer") return next;
    return `${prefix}${String(next).padStart(digits, "0")}`;
  }
}

export function holds(condition: Condition, scene: Scene, target: StoredRecord | null): boolean {
  const owner = { record: scene.record, before: scene.before, parent: scene.parent, target }[condition.of];
  const value = owner?.[condition.property] ?? null;
  if (condition.in && !condition.in.some((one) => sameJson(one, value))) return false;
  if (condition.notIn?.some((one) => sameJson(one, value))) return false;
  return condition.isNull === undefined || (value === null) === condition.isNull;
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function sameRecord(left: StoredRecord | null, right: StoredRecord | null): boolean {
  if (!left || !right) return left === right;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && sameJson(left[name], right[name]))
  );
}

export function sameJson(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left ?? null) === JSON.stringify(right ?? null);
}
