import { defineConfig } from "vitest/config";

const integration = {
  globalSetup: ["test/support/global-setup.ts"],
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    reporters: process.env.CI ? ["default", "json"] : ["default"],
    // Two cores are the smallest machine this must pass on; more browsers than cores only wait for each other.
    maxWorkers: 2,
    outputFile: { json: "test/.output/results.json" },
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "services/**/*.test.ts",
            "datasets/**/*.test.ts",
            "services/**/*.test.tsx",
            "test/structure/**/*.test.ts",
          ],
        },
      },
      {
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts", "test/security/**/*.test.ts"],
          ...integration,
        },
      },
      {
        test: {
          name: "pages",
          include: ["test/e2e/pages/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/*.test.ts"],
          globalSetup: ["test/support/platform-setup.ts"],
          testTimeout: 420_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
