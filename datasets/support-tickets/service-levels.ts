import type { Channel, Priority, Segment } from "./tables.ts";

export interface ServiceLevel {
  readonly policy: string;
  readonly firstResponseMinutes: number;
  readonly resolutionMinutes: number;
}

const BY_PRIORITY: Record<Priority, readonly [number, number]> = {
  urgent: [60, 480],
  high: [240, 1440],
  normal: [720, 2880],
  low: [1440, 5760],
};

export function serviceLevelFor(channel: Channel, segment: Segment, priority: Priority): ServiceLevel {
  const [first, resolution] = BY_PRIORITY[priority];
  if (channel === "chat" || channel === "phone") {
    return {
      policy: "Live channels",
      firstResponseMinutes: segment === "personal" ? 15 : 10,
      resolutionMinutes: resolution,
    };
  }
  if (segment === "business")
    return {
      policy: "Business",
      firstResponseMinutes: Math.round(first / 2),
      resolutionMinutes: Math.round(resolution * 0.75),
    };
  if (segment === "premium")
    return {
      policy: "Premium",
      firstResponseMinutes: Math.round(first / 2),
      resolutionMinutes: Math.round(resolution / 2),
    };
  return { policy: "Standard", firstResponseMinutes: first, resolutionMinutes: resolution };
}
