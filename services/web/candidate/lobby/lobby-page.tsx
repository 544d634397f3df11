import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useServerNow } from "../../ui/countdown.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { candidateApi } from "../candidate-api.ts";
import type { ScreenProps } from "../candidate-page.tsx";
import { LobbyView } from "./lobby-view.tsx";
import { hasPractised } from "./practice-memory.ts";
import { Requests } from "./requests.tsx";
import { checkSystem, useWindowWidth } from "./system-check.ts";

export function LobbyPage({
  invitationId,
  live,
  onOpenPractice,
}: ScreenProps & { onOpenPractice: () => void }) {
  const { view, accept } = live;
  useDocumentTitle(view.lobby.title);
  const width = useWindowWidth();
  const now = useServerNow(live.offsetMs, 10_000);
  const [accepted, setAccepted] = useState(view.consentedAt !== null);

  const start = useMutation({
    mutationFn: async () => {
      if (!live.view.consentedAt) accept(await candidateApi.consent(invitationId, view.lobby.consentVersion));
      return candidateApi.start(invitationId);
    },
    onSuccess: accept,
  });
  const startPractice = useMutation({
    mutationFn: () => candidateApi.startPractice(invitationId),
    onSuccess: accept,
  });
  const endPractice = useMutation({
    mutationFn: () => candidateApi.endPractice(invitationId),
    onSuccess: accept,
  });

  return (
    <LobbyView
      view={view}
      expired={now >= Date.parse(view.expiresAt)}
      checks={checkSystem({
        webSocket: "WebSocket" in window,
        cookies: navigator.cookieEnabled,
        live: live.stream === "live",
        width,
        practised: hasPractised(invitationId),
      })}
      requests={<Requests invitationId={invitationId} live={live} />}
      accepted={accepted}
      onAccept={setAccepted}
      start={{
        run: () => start.mutate(),
        isPending: start.isPending,
        error: start.error,
        reset: start.reset,
      }}
      practice={{
        view: view.practice,
        limitSec: view.lobby.practiceLimitSec,
        onStart: () => startPractice.mutate(),
        onOpen: onOpenPractice,
        onEnd: () => endPractice.mutate(),
        isStarting: startPractice.isPending,
        isEnding: endPractice.isPending,
        error: startPractice.error ?? endPractice.error,
      }}
    />
  );
}
