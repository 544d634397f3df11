import { z } from "zod";

/** What an attempt's timeline records. Data holds facts, never file contents. */
export const AttemptEventType = z.enum([
  "consented",
  "start_requested",
  "started",
  "sandbox_lost",
  "sandbox_restored",
  "time_credited",
  "snapshot",
  "notes_saved",
  "submit_requested",
  "frozen",
  "sealed",
  "mock_api_summary",
  "revoked",
  "start_failed",
  "paused",
  "resumed",
  "message_sent",
  "message_read",
  "package_fetched",
  "model_summary",
]);
export type AttemptEventType = z.infer<typeof AttemptEventType>;
export type EventActor = "candidate" | "platform" | "staff";
