import swagger from "@fastify/swagger";
import { createJsonSchemaTransform } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Config } from "../../shared/config/config.ts";
import { Problem } from "../../shared/contracts/problem.ts";
import { type Access, PUBLIC } from "../access/policy.ts";
import type { App } from "../context.ts";

const PROBLEM_RESPONSE = {
  description: "A problem document (RFC 9457); match on its `code`",
  content: { "application/problem+json": { schema: Problem } },
};

/** Register before any route: the document is made of what routes declare. */
export async function registerOpenapi(app: App, config: Config): Promise<void> {
  app.addHook("onRoute", (route) => {
    route.schema ??= {};
    const schema = route.schema as { response?: Record<string, unknown> };
    schema.response = { ...schema.response, "4xx": PROBLEM_RESPONSE };
  });
  const transformSchema = createJsonSchemaTransform({
    zodToJsonConfig: { target: "draft-2020-12", unrepresentable: "any" },
  });
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
  });
  app.get(
    "/api/openapi.json",
    {
      config: { access: PUBLIC },
      schema: { tags: ["operations"], summary: "This document", response: { 200: z.looseObject({}) } },
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
