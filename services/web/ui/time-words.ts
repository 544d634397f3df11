/** `1:05:09`, `12:30`, `0:45`: rounded up, so that it says 0:00 only when nothing is left. */
export function formatRemaining(ms: number): string {
  const total = Math.max(0, Math.ceil(ms / 1000));
  const seconds = String(total % 60).padStart(2, "0");
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3600);
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
}

/** `1 hour 5 minutes left`; seconds only in the last two minutes. */
export function spokenRemaining(ms: number): string {
  const total = Math.max(0, Math.ceil(ms / 1000));
  if (total === 0) return "No time left";
  return total <= 120 ? `${durationWords(total)} left` : `${durationWords(Math.floor(total / 60) * 60)} left`;
}

/** Seconds as words: `2 hours`, `1 hour 30 minutes`, `3 minutes`, `45 seconds`. */
export function durationWords(totalSec: number): string {
  const units: [number, string][] = [
    [Math.floor(totalSec / 86_400), "day"],
    [Math.floor(totalSec / 3600) % 24, "hour"],
    [Math.floor(totalSec / 60) % 60, "minute"],
    [Math.round(totalSec % 60), "second"],
  ];
  const words = units
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${plural(count, unit)}`);
  return words.length > 0 ? words.slice(0, 2).join(" ") : "0 seconds";
}

/** `just now`, `12 s ago`, `3 min ago`, `2 h ago`. */
export function agoWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 3) return "just now";
  if (seconds < 90) return `${seconds} s ago`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min ago`;
  return `${Math.round(seconds / 3600)} h ago`;
}

export function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}

/** An instant in the reader's own time zone, for example `1 Mar 2026, 09:00`. */
export function formatInstant(instant: string, withSeconds = false): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    ...(withSeconds ? { second: "2-digit" } : {}),
  }).format(new Date(instant));
}

/** The reader's time zone, for example `GMT+1`. */
export function timeZoneName(instant: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" }).formatToParts(new Date(instant));
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
}

/** `512 B`, `14.2 KB`, `3.1 MB` (powers of 1000). */
export function formatBytes(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
