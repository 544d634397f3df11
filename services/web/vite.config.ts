import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** In development the pages come from Vite and everything under /api from the api process. */
const apiOrigin = process.env.WORKSAMPLE_API_ORIGIN ?? "http://127.0.0.1:4000";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react(), tailwindcss()],
  // Replaced with a fresh nonce whenever the page is served; style elements made at run time carry it.
  html: { cspNonce: "__WORKSAMPLE_CSP_NONCE__" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // Nothing is inlined: the pages are served under a policy without data: scripts, styles or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { host: "127.0.0.1", strictPort: true, proxy: { "/api": { target: apiOrigin } } },
});
