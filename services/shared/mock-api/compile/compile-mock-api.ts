import createRouter from "find-my-way";
import { MockApiBindings } from "../../contracts/mock-api.ts";
import { shapeCollections } from "../collection-shape.ts";
import { planStorage } from "../storage-plan.ts";
import { checkBindings } from "./check-bindings.ts";
import { MockApiCompileError } from "./compile-error.ts";
import { compileOperation } from "./compile-operation.ts";
import { templateNames } from "./compile-parameters.ts";
import type { CompiledApi, CompiledOperation, CompiledPath } from "./compiled-api.ts";
import { ApiDocument, isObject, objectAt, pointerTo } from "./document.ts";
import { SchemaValidator } from "./schema-validator.ts";

const METHODS = ["get", "put", "post", "delete", "patch"];
/** Identifiers longer than this name nothing. */
const MAX_PATH_PARAMETER = 500;

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
  const { paths, issues } = compilePaths(new ApiDocument(document), parsed.data);
  const operations = new Map<string, CompiledOperation>();
  for (const path of paths)
    for (const operation of path.methods.values()) operations.set(operation.operationId, operation);
  for (const id of Object.keys(parsed.data.operations))
    if (!operations.has(id)) issues.push(`operations.${id}: the document has no such operation`);
  if (issues.length === 0) issues.push(...checkBindings(parsed.data, operations.values()));
  if (issues.length > 0) throw new MockApiCompileError(issues);
  return {
    bindings: parsed.data,
    storage: planStorage(parsed.data),
    shapes: shapeCollections(parsed.data),
    router: routePaths(basePath(document), paths),
    operations,
  };
}

function compilePaths(document: ApiDocument, bindings: MockApiBindings) {
  const validator = new SchemaValidator(document.root);
  const issues: string[] = [];
  const paths: CompiledPath[] = [];
  for (const template of Object.keys(objectAt(document.root, "paths"))) {
    const pathPointer = pointerTo("/paths", template);
    const methods = new Map<string, CompiledOperation>();
    for (const method of METHODS) {
      const item = objectAt(objectAt(document.root, "paths"), template);
      if (!isObject(item[method])) continue;
      try {
        const place = { template, pathPointer, method };
        methods.set(method.toUpperCase(), compileOperation(document, validator, place, bindings));
      } catch (error) {
        issues.push(`${method.toUpperCase()} ${template}: ${(error as Error).message}`);
      }
    }
    paths.push({ template, names: templateNames(template), methods });
  }
  return { paths, issues };
}

/** Path of the first server, without a slash at its end. */
export function basePath(document: Record<string, unknown>): string {
  const server = Array.isArray(document.servers) ? document.servers[0] : undefined;
  const url = isObject(server) && typeof server.url === "string" ? server.url : "/";
  return new URL(url, "http://mock.internal").pathname.replace(/\/+$/, "");
}

/** Each path is there once, whatever its methods, so that a wrong method can be told from a wrong path. */
function routePaths(base: string, paths: CompiledPath[]): CompiledApi["router"] {
  const router = createRouter({ maxParamLength: MAX_PATH_PARAMETER, caseSensitive: true });
  for (const path of paths) {
    let count = 0;
    const route = path.template.replaceAll(":", "::").replace(/\{[^{}]+\}/g, () => `:p${count++}`);
    router.on("GET", `${base}${route}`, () => {}, path);
  }
  return router;
}
