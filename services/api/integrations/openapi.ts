import swagger, { type SwaggerTransformObject } from "@fastify/swagger";
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Config } from "../../shared/config/config.ts";
import { Problem } from "../../shared/contracts/problem.ts";
import { type Access, PUBLIC } from "../access/policy.ts";
import type { App } from "../context.ts";
import { nameSchemas } from "./named-schemas.ts";

const PROBLEM_RESPONSE = {
  description: "A problem document (RFC 9457); match on its `code`",
  content: { "application/problem+json": { schema: Problem } },
};

/** Register before any route: the document is made of what routes declare. */
export async function registerOpenapi(app: App, config: Config): Promise<void> {
  const schemaRegistry = nameSchemas();
  app.addHook("onRoute", (route) => {
    route.schema ??= {};
    const schema = route.schema as { response?: Record<string, unknown>; [place: string]: unknown };
    // Parameters are listed one by one where they are used, so the object that holds them has no name.
    for (const place of ["querystring", "params", "headers"])
      if (schema[place] instanceof z.ZodType) schemaRegistry.remove(schema[place]);
    schema.response = { ...schema.response, "4xx": PROBLEM_RESPONSE };
  });
  const options = {
    schemaRegistry,
    zodToJsonConfig: { target: "draft-2020-12", unrepresentable: "any" },
  } as const;
  const transformSchema = createJsonSchemaTransform(options);
  const addComponents = createJsonSchemaTransformObject(options);
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Worksample",
        version: "1",
        description:
          "Integrations use an API token as a bearer token; each operation names the scope it needs.",
      },
      servers: [{ url: config.publicUrl }],
      components: {
        securitySchemes: {
          apiToken: { type: "http", scheme: "bearer", description: "`wsk_…`" },
          staffSession: { type: "apiKey", in: "cookie", name: "worksample.session_token" },
          candidateSession: { type: "apiKey", in: "cookie", name: "ws_candidate" },
        },
      },
    },
    transform: (document) => {
      const transformed = transformSchema(document);
      const access = document.route.config?.access ?? PUBLIC;
      return { ...transformed, schema: { ...transformed.schema, security: securityOf(access) } };
    },
    transformObject: (document) => withoutUnused(addComponents(document) as ApiDocument),
  });
  app.get(
    "/api/openapi.json",
    {
      config: { access: PUBLIC },
      schema: {
        tags: ["operations"],
        operationId: "readApiDocument",
        summary: "This document",
        response: { 200: z.looseObject({}) },
      },
    },
    async () => app.swagger() as Record<string, unknown>,
  );
}

function securityOf(access: Access): Record<string, string[]>[] {
  switch (access.kind) {
    case "public":
      return [];
    case "candidate":
      return [{ candidateSession: [] }];
    case "operator":
      return [{ apiToken: [access.scope] }];
    case "staff":
      return [{ staffSession: [] }, ...(access.scope === null ? [] : [{ apiToken: [access.scope] }])];
  }
}

type ApiDocument = ReturnType<SwaggerTransformObject>;

/** Leaves only components that something refers to, also by way of others. */
function withoutUnused(document: ApiDocument): ApiDocument {
  const components = "components" in document ? document.components : undefined;
  const schemas: Record<string, object> = components?.schemas ?? {};
  const used = new Set<string>();
  const open: unknown[] = [{ ...document, components: { ...components, schemas: {} } }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [, name] of JSON.stringify(next).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name!) || !Object.hasOwn(schemas, name!)) continue;
      used.add(name!);
      open.push(schemas[name!]);
    }
  }
  const kept = Object.entries(schemas).filter(([name]) => used.has(name));
  return { ...document, components: { ...components, schemas: Object.fromEntries(kept) } } as ApiDocument;
}
