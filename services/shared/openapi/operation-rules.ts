import { isObject, type JsonObject, objectAt, pointerTo, valueAt } from "../mock-api/compile/document.ts";
import type { Issue } from "./issue.ts";
import { LIMITS } from "./limits.ts";
import type { DocumentIndex } from "./resolve.ts";
import { METHODS } from "./walk.ts";

/** What the specification says about paths and operations and its JSON Schema cannot. */
export function checkOperations(index: DocumentIndex): Issue[] {
  return new OperationRules(index).run();
}

interface Parameter {
  in: unknown;
  name: unknown;
  pointer: string;
}

/** To a router these would be patterns and wildcards, and no request has a query or fragment in its path. */
export function isUnservable(template: string): boolean {
  return /[*?#\\]|\}\(/.test(template);
}

class OperationRules {
  readonly #index: DocumentIndex;
  readonly #issues: Issue[] = [];
  readonly #operationIds = new Map<string, string>();
  readonly #shapes = new Map<string, string>();
  #operations = 0;

  constructor(index: DocumentIndex) {
    this.#index = index;
  }

  run(): Issue[] {
    const paths = objectAt(this.#index.root, "paths");
    for (const [template, item] of Object.entries(paths))
      if (template.startsWith("/") && isObject(item)) this.#path(template, item);
    if (this.#operations > LIMITS.operations)
      this.#error("too-many-operations", `There are more than ${LIMITS.operations} operations.`, "/paths");
    if (this.#operations === 0)
      this.#warn(
        "no-operations",
        "The document describes no operation, so there is nothing to serve.",
        "/paths",
      );
    this.#security(this.#index.root.security, "");
    this.#servers();
    return this.#issues;
  }

  #path(template: string, item: JsonObject): void {
    const pointer = pointerTo("/paths", template);
    if (isUnservable(template)) {
      const message = "A path with *, ?, #, \\ or a ( right after a parameter is not served; it is left out.";
      this.#warn("unserved-path", message, pointer);
      return;
    }
    const names = [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]!);
    if (new Set(names).size < names.length)
      this.#error("path-template", "A name is in this path twice.", pointer);
    if (/[{}]/.test(template.replace(/\{[^{}]+\}/g, "")))
      this.#error("path-template", "The braces of this path do not fit together.", pointer);
    const shape = template.replace(/\{[^{}]*\}/g, "{}");
    const same = this.#shapes.get(shape);
    if (same === undefined) this.#shapes.set(shape, template);
    else this.#error("ambiguous-path", `Nothing tells this path from ${same}.`, pointer);
    const { value, pointer: place } = this.#followItem(item, pointer);
    const shared = this.#parameters(value, place);
    for (const method of METHODS) {
      const operation = value[method];
      if (isObject(operation)) this.#operation(operation, pointerTo(place, method), names, shared);
    }
  }

  /** A path item may be somewhere else altogether. */
  #followItem(item: JsonObject, pointer: string): { value: JsonObject; pointer: string } {
    let found = { value: item, pointer };
    for (let step = 0; step < 20 && typeof found.value.$ref === "string"; step++) {
      const target = this.#index.resolve(found.value.$ref);
      if (!("pointer" in target)) break;
      found = target;
    }
    return found;
  }

  #operation(operation: JsonObject, pointer: string, names: string[], shared: Parameter[]): void {
    this.#operations++;
    const { operationId } = operation;
    if (typeof operationId === "string") {
      const other = this.#operationIds.get(operationId);
      if (other === undefined) this.#operationIds.set(operationId, pointer);
      else if (other !== pointer)
        this.#error(
          "duplicate-operation-id",
          `The operationId "${operationId}" is that of another operation, too.`,
          pointerTo(pointer, "operationId"),
        );
    }
    const own = this.#parameters(operation, pointer);
    const inPath = [...own, ...shared].filter((parameter) => parameter.in === "path");
    for (const name of names)
      if (!inPath.some((parameter) => parameter.name === name))
        this.#warn(
          "path-parameter-undeclared",
          `The parameter {${name}} of the path is not described. It is taken for a string.`,
          pointer,
        );
    for (const parameter of inPath)
      if (!names.includes(String(parameter.name)))
        this.#warn(
          "path-parameter-unused",
          `The path has no {${parameter.name}}, so this parameter is left out.`,
          own.includes(parameter) ? parameter.pointer : pointer,
        );
    this.#security(operation.security, pointer);
    this.#answers(operation, pointer);
  }

  #answers(operation: JsonObject, pointer: string): void {
    if (Object.keys(objectAt(operation, "responses")).some((status) => /^([2-5]|default$)/i.test(status)))
      return;
    const message = "The operation does not say what it answers. It answers 204, without a body.";
    this.#warn("no-response", message, pointer);
  }

  #parameters(owner: JsonObject, pointer: string): Parameter[] {
    if (!Array.isArray(owner.parameters)) return [];
    const seen = new Set<string>();
    const found: Parameter[] = [];
    for (const [number, given] of owner.parameters.entries()) {
      const place = pointerTo(pointer, "parameters", number);
      const value = this.#followItem(isObject(given) ? given : {}, place).value;
      const key = JSON.stringify([value.in, value.name]);
      if (seen.has(key))
        this.#error("duplicate-parameter", `The ${value.in} parameter "${value.name}" is here twice.`, place);
      seen.add(key);
      found.push({ in: value.in, name: value.name, pointer: place });
    }
    return found;
  }

  #security(requirements: unknown, pointer: string): void {
    if (!Array.isArray(requirements)) return;
    for (const [number, requirement] of requirements.entries())
      for (const name of Object.keys(isObject(requirement) ? requirement : {}))
        if (valueAt(this.#index.root, pointerTo("/components/securitySchemes", name)) === undefined)
          this.#warn(
            "undefined-security-scheme",
            `There is no security scheme "${name}" in components.securitySchemes; a bearer token is asked for.`,
            pointerTo(pointer, "security", number, name),
          );
  }

  /** What a variable of an address is by default must be one of what it may be; 3.0 only recommends it. */
  #servers(): void {
    const { servers, openapi } = this.#index.root;
    for (const [number, server] of (Array.isArray(servers) ? servers : []).entries())
      for (const [name, variable] of Object.entries(objectAt(server, "variables"))) {
        if (!isObject(variable) || !Array.isArray(variable.enum)) continue;
        if (variable.enum.includes(variable.default)) continue;
        const pointer = pointerTo("/servers", number, "variables", name, "default");
        const message = "The default is not one of the values listed under enum.";
        if (String(openapi).startsWith("3.0")) this.#warn("server-variable", message, pointer);
        else this.#error("server-variable", message, pointer);
      }
  }

  #error(rule: string, message: string, pointer: string): void {
    this.#issues.push({ severity: "error", rule, message, pointer });
  }

  #warn(rule: string, message: string, pointer: string): void {
    this.#issues.push({ severity: "warning", rule, message, pointer });
  }
}
