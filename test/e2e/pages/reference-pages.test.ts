import type { Page } from "playwright-core";
import { problem } from "../../support/pages/candidate-fixtures.ts";
import { visitStates, withPages } from "../../support/pages/with-pages.ts";
import type { PageState } from "./candidate-states.ts";

const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Worksample", version: "1", description: "What programs can do." },
  paths: {
    "/api/admin/tokens": {
      get: {
        operationId: "listApiTokens",
        summary: "API tokens",
        tags: ["tokens"],
        security: [{ apiToken: ["admin:read"] }],
        responses: {
          200: {
            description: "All of them",
            content: { "application/json": { schema: { type: "object" } } },
          },
        },
      },
    },
  },
  components: { securitySchemes: { apiToken: { type: "http", scheme: "bearer" } } },
};

const ready = (page: Page) => page.getByText("/api/admin/tokens").filter({ visible: true }).first().waitFor();

const STATES: PageState[] = [
  {
    name: "reference",
    path: "/reference",
    answers: () => ({ "GET /api/openapi.json": { body: DOCUMENT } }),
    act: ready,
    shows: "api-reference",
  },
  {
    name: "reference-failed",
    path: "/reference",
    answers: () => ({ "GET /api/openapi.json": problem("unavailable") }),
    shows: "page-failure",
  },
];

visitStates(withPages(), "reference", STATES);
