import { useEffect, useRef, useState } from "react";
import { PageFailure } from "../page-failure.tsx";
import { PagePending } from "../page-pending.tsx";
import { useIsDark } from "../theme.ts";

export interface ApiReferenceProps {
  /** An OpenAPI document, version 3.0 or 3.1. */
  document: object;
  /** Where requests of the console go; the document's own servers if absent. */
  serverUrl?: string;
  /** Values of the document's security schemes, by their names. */
  credentials?: Record<string, { token?: string; value?: string; username?: string; password?: string }>;
  /** Sends a request of the console; the browser's own fetch if absent. */
  send?: typeof fetch;
}

/**
 * Every operation of an API with a console to try it. A program of its own, loaded when it is first shown. Its page
 * needs a policy of its own (`pagePolicy` in the api), so it must be reached by a page load, not within the app.
 */
export function ApiReference({ document, serverUrl, credentials, send }: ApiReferenceProps) {
  const frame = useRef<HTMLDivElement>(null);
  const isDark = useIsDark();
  const [failure, setFailure] = useState<unknown>(null);
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    let isGone = false;
    let destroy: (() => void) | undefined;
    const configuration = {
      ...QUIET,
      content: document,
      forceDarkModeState: isDark ? ("dark" as const) : ("light" as const),
      ...(serverUrl ? { servers: [{ url: serverUrl }] } : {}),
      ...(credentials ? { authentication: { securitySchemes: credentials } } : {}),
      ...(send ? { customFetch: send as never } : {}),
    };
    loadProgram().then(
      ({ createApiReference }) => {
        if (isGone || !frame.current) return;
        const place = frame.current.appendChild(window.document.createElement("div"));
        const reference = createApiReference(place, configuration);
        destroy = () => {
          reference.destroy();
          place.remove();
        };
        setReady(true);
      },
      (error: unknown) => setFailure(error),
    );
    return () => {
      isGone = true;
      destroy?.();
    };
  }, [document, isDark, serverUrl, credentials, send]);
  if (failure) return <PageFailure error={failure} onRetry={() => window.location.reload()} />;
  return (
    <>
      {isReady ? null : <PagePending label="Loading the reference" />}
      <div ref={frame} data-testid="api-reference" data-ready={isReady} />
    </>
  );
}

async function loadProgram() {
  const [program] = await Promise.all([
    import("@scalar/api-reference"),
    import("@scalar/api-reference/style.css"),
    import("./api-reference.css"),
  ]);
  return program;
}

/** Nothing is fetched from or sent to anybody else, and what this product does not have is not shown. */
const QUIET = {
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: "never",
  hideDarkModeToggle: true,
  documentDownloadType: "direct",
  modelsSectionLabel: "Schemas",
  defaultHttpClient: { targetKey: "shell", clientKey: "curl" },
  agent: { disabled: true },
  mcp: { disabled: true },
} as const;
