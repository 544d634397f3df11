import type {
  Condition,
  Effect,
  ListOperation,
  MockApiBindings,
  MockApiOperation,
  RecordKey,
  ValueExpression,
} from "../../contracts/mock-api.ts";
import { parameterNames } from "./compile-parameters.ts";
import type { CompiledOperation } from "./compiled-api.ts";

/** Everything the bindings name must exist: collections, properties, parameters. Returns what does not. */
export function checkBindings(bindings: MockApiBindings, operations: Iterable<CompiledOperation>): string[] {
  const issues: string[] = [];
  for (const [name, collection] of Object.entries(bindings.collections)) {
    const where = `collections.${name}`;
    const known = new Set(Object.keys(collection.properties));
    for (const property of [collection.id, ...collection.search])
      if (!known.has(property)) issues.push(`${where}: there is no property "${property}"`);
    if (!["string", "integer"].includes(collection.properties[collection.id]?.type ?? "string"))
      issues.push(`${where}: identifiers are strings or integers`);
    for (const [property, { references }] of Object.entries(collection.properties))
      if (references && !Object.hasOwn(bindings.collections, references))
        issues.push(`${where}.properties.${property}: there is no collection "${references}"`);
  }
  for (const operation of operations) issues.push(...new OperationCheck(bindings, operation).run());
  return issues;
}

/** Collects what is wrong with the binding of one operation. */
class OperationCheck {
  readonly #issues: string[] = [];
  readonly #bindings: MockApiBindings;
  readonly #operation: CompiledOperation;

  constructor(bindings: MockApiBindings, operation: CompiledOperation) {
    this.#bindings = bindings;
    this.#operation = operation;
  }

  run(): string[] {
    const { binding } = this.#operation;
    if (!binding || binding.kind === "constant") return [];
    if (!Object.hasOwn(this.#bindings.collections, binding.collection)) {
      this.#report(`there is no collection "${binding.collection}"`);
      return this.#issues;
    }
    if ("parameter" in binding) this.#identified(binding);
    if ("within" in binding)
      for (const [parameter, property] of Object.entries(binding.within)) {
        this.#parameter("path", parameter);
        this.#property(binding.collection, property);
      }
    if ("parent" in binding && binding.parent) {
      this.#parameter("path", binding.parent.parameter);
      this.#property(binding.collection, binding.parent.property);
      this.#collection(binding.parent.collection);
    }
    for (const expansion of Object.values(binding.expand)) {
      this.#property(binding.collection, expansion.from);
      if (this.#collection(expansion.collection))
        for (const property of expansion.properties) this.#property(expansion.collection, property);
    }
    if (binding.kind === "list") this.#list(binding);
    else if (binding.kind !== "read") this.#write(binding);
    return this.#issues;
  }

  #list(binding: Extract<MockApiOperation, { kind: "list" }>): void {
    for (const [parameter, { property, comparison }] of Object.entries(binding.filters)) {
      this.#parameter("query", parameter);
      this.#property(binding.collection, property);
      const { type } = this.#bindings.collections[binding.collection]!.properties[property] ?? {};
      if ((comparison === "contains") !== (type === "strings"))
        this.#report(`the filter "${parameter}" cannot compare "${property}" by "${comparison}"`);
    }
    for (const parameter of [
      binding.search,
      binding.sort.parameter,
      binding.sort.direction,
      ...pageParameters(binding),
    ])
      if (parameter) this.#parameter("query", parameter);
    if (binding.search && this.#bindings.collections[binding.collection]!.search.length === 0)
      this.#report(`"${binding.collection}" has no properties to search`);
    const sortable = binding.sort.properties;
    for (const property of [...sortable, ...Object.values(binding.sort.names)])
      this.#property(binding.collection, property);
    if (!sortable.includes(binding.sort.default.replace(/^-/, "")))
      this.#report("the default order is not one of the allowed ones");
  }

  #write(binding: Extract<MockApiOperation, { effects: Effect[] }>): void {
    if ("accept" in binding) for (const name of binding.accept) this.#property(binding.collection, name);
    if (binding.kind === "create" || binding.kind === "put")
      for (const [name, value] of Object.entries(binding.defaults)) {
        this.#property(binding.collection, name);
        this.#value(value, binding.collection);
      }
    if (binding.kind === "create") {
      const { id } = this.#bindings.collections[binding.collection]!;
      if (!Object.hasOwn(binding.defaults, id) && !binding.accept.includes(id))
        this.#report(`nothing gives a new record its "${id}"`);
    }
    for (const guard of binding.guards)
      this.#conditions(guard.when, binding.collection, binding.parent?.collection);
    for (const effect of binding.effects) this.#effect(effect, binding);
  }

  #effect(effect: Effect, binding: Extract<MockApiOperation, { effects: Effect[] }>): void {
    const target = effect.target?.collection ?? binding.collection;
    if (!this.#collection(target)) return;
    if (effect.target) this.#value(effect.target.id, binding.collection);
    for (const name of effect.changed ?? []) this.#property(binding.collection, name);
    this.#conditions(effect.when, binding.collection, binding.parent?.collection, target);
    for (const part of [effect.set, effect.add, effect.remove])
      for (const [name, value] of Object.entries(part)) {
        this.#property(target, name);
        this.#value(value, binding.collection);
      }
  }

  #conditions(conditions: Condition[], collection: string, parent?: string, target?: string): void {
    for (const { of, property } of conditions) {
      const owner = of === "parent" ? parent : of === "target" ? target : collection;
      if (owner) this.#property(owner, property);
      else this.#report(`a condition asks for "${of}", which there is not here`);
    }
  }

  #value(value: ValueExpression, collection: string): void {
    if ("parameter" in value) this.#parameter("path", value.parameter);
    if ("record" in value) this.#property(collection, value.record);
  }

  #identified(binding: Extract<MockApiOperation, { parameter: RecordKey }>): void {
    const { parameter, key } = binding;
    if (typeof parameter === "string") this.#parameter("path", parameter);
    else if ("query" in parameter) this.#parameter("query", parameter.query);
    else if (!this.#operation.body) this.#report("the document has no body to find the record by");
    if (key) this.#property(binding.collection, key);
  }

  /** `page[size]` may also be a property of the object `page`. */
  #parameter(place: "path" | "query", name: string): void {
    const names = parameterNames(this.#operation, place);
    const owner = /^([^[\]]+)\[[^[\]]+\]$/.exec(name)?.[1];
    if (!names.has(name) && !(place === "query" && owner && names.has(owner)))
      this.#report(`the document has no ${place} parameter "${name}"`);
  }

  #collection(name: string): boolean {
    const known = Object.hasOwn(this.#bindings.collections, name);
    if (!known) this.#report(`there is no collection "${name}"`);
    return known;
  }

  #property(collection: string, name: string): void {
    const properties = this.#bindings.collections[collection]?.properties ?? {};
    if (!Object.hasOwn(properties, name)) this.#report(`"${collection}" has no property "${name}"`);
  }

  #report(what: string): void {
    this.#issues.push(`operations.${this.#operation.operationId}: ${what}`);
  }
}

function pageParameters({ page }: ListOperation): (string | undefined)[] {
  if (!page) return [];
  const place = page.style === "cursor" ? page.cursor : page.style === "offset" ? page.offset : page.page;
  return [page.limit, place];
}
