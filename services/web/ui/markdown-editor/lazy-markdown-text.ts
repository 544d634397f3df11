import { lazy } from "react";

/** The editor is the heaviest part of a page that has one; the page is there before it. */
export const LazyMarkdownText = lazy(() => import("./markdown-text.tsx"));
