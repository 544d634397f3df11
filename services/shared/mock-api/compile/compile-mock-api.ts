import { MockApiBindings } from "../../contracts/mock-api.ts";
import { shapeCollections } from "../collection-shape.ts";
import { planStorage } from "../storage-plan.ts";
import { basePaths } from "./base-paths.ts";
import { checkBindings } from "./check-bindings.ts";
import { MockApiCompileError } from "./compile-error.ts";
import { compileOperation } from "./compile-operation.ts";
import type { CompiledApi, CompiledOperation, CompiledPath } from "./compiled-api.ts";
import { ApiDocument, isObject, objectAt, pointerTo } from "./document.ts";
import { RouteTable } from "./route-table.ts";
import { SchemaValidator } from "./schema-validator.ts";

const METHODS = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];

/**
 * Makes an OpenAPI 3.1 document and its bindings ready to serve.
 * @throws MockApiCompileError naming everything that is wrong
 */
export function compileMockApi(document: unknown, bindings: unknown): CompiledApi {
  if (!isObject(document) || !/^3\.1\.\d+$/.test(String(document.openapi)))
    throw new MockApiCompileError(["the document is not OpenAPI 3.1"]);
  const parsed = MockApiBindings.safeParse(bindings);
  if (!parsed.success)
    throw new MockApiCompileError(
      parsed.error.issues.map((issue) => `bindings.${issue.path.join(".")}: ${issue.message}`),
    );
  const source = new ApiDocument(document);
  const { routes, operations, issues, notes } = compilePaths(source, parsed.data);
  for (const id of Object.keys(parsed.data.operations))
    if (!operations.has(id)) issues.push(`operations.${id}: the document has no such operation`);
  if (issues.length === 0) issues.push(...checkBindings(parsed.data, operations.values()));
  if (issues.length > 0) throw new MockApiCompileError(issues);
  return {
    bindings: parsed.data,
    storage: planStorage(parsed.data),
    shapes: shapeCollections(parsed.data),
    routes,
    operations,
    document: source,
    notes,
  };
}

function compilePaths(document: ApiDocument, bindings: MockApiBindings) {
  const validator = new SchemaValidator(document);
  const issues: string[] = [];
  const routes = new RouteTable<CompiledPath>();
  const operations = new Map<string, CompiledOperation>();
  for (const template of Object.keys(objectAt(document.root, "paths"))) {
    const compiled = compilePath({ document, validator, bindings, template }, issues);
    if (!compiled) continue;
    for (const operation of compiled.path.methods.values()) {
      if (operations.has(operation.operationId))
        issues.push(`${operation.method} ${template}: another operation is called ${operation.operationId}`);
      operations.set(operation.operationId, operation);
    }
    for (const base of compiled.bases)
      try {
        routes.add(base + template, compiled.path);
      } catch (error) {
        issues.push(`${template}: ${(error as Error).message}`);
      }
  }
  return { routes, operations, issues, notes: validator.notes };
}

/** Path of the first server, without a slash at its end. */
export function basePath(document: Record<string, unknown>): string {
  return basePaths(document.servers)[0]!;
}

interface PathParts {
  document: ApiDocument;
  validator: SchemaValidator;
  bindings: MockApiBindings;
  template: string;
}

/** Null for a path that cannot be found or has no operation; why is among the issues. */
function compilePath({ document, validator, bindings, template }: PathParts, issues: string[]) {
  let item: ReturnType<ApiDocument["locate"]>;
  try {
    item = document.locate(pointerTo("/paths", template));
  } catch (error) {
    issues.push(`${template}: ${(error as Error).message}`);
    return null;
  }
  const methods = new Map<string, CompiledOperation>();
  const bases = new Set<string>();
  for (const method of METHODS) {
    if (!isObject(item.value[method])) continue;
    try {
      const place = { template, pathPointer: item.pointer, method };
      methods.set(method.toUpperCase(), compileOperation(document, validator, place, bindings));
      const servers = item.value[method].servers ?? item.value.servers ?? document.root.servers;
      for (const base of basePaths(servers)) bases.add(base);
    } catch (error) {
      issues.push(`${method.toUpperCase()} ${template}: ${(error as Error).message}`);
    }
  }
  return { path: { template, methods, allow: allowedMethods(methods) }, bases };
}

function allowedMethods(methods: ReadonlyMap<string, CompiledOperation>): string {
  const names = new Set(methods.keys());
  if (names.has("GET")) names.add("HEAD");
  return [...names.add("OPTIONS")].join(", ");
}
