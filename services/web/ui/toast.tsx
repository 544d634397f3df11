import { useSyncExternalStore } from "react";
import { Banner, type Tone } from "./banner.tsx";

export interface Toast {
  id: number;
  tone: Tone;
  title: string;
  text?: string;
}

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function replace(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Shows a message in the corner for a while and reads it out. `lastsMs` 0 keeps it until it is dismissed. */
export function showToast(toast: Omit<Toast, "id">, lastsMs = 8_000): void {
  const id = nextId++;
  replace([...toasts.slice(-3), { ...toast, id }]);
  if (lastsMs > 0) setTimeout(() => dismissToast(id), lastsMs);
}

export function dismissToast(id: number): void {
  replace(toasts.filter((toast) => toast.id !== id));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Rendered once, at the root. Always in the page, so that what appears in it is announced. */
export function ToastRegion() {
  const current = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-3 z-60 flex flex-col items-end gap-2 sm:left-auto sm:w-96"
    >
      {current.map((toast) => (
        <div key={toast.id} className="pointer-events-auto w-full rounded-lg bg-surface" data-testid="toast">
          <Banner tone={toast.tone} title={toast.title} onDismiss={() => dismissToast(toast.id)}>
            {toast.text}
          </Banner>
        </div>
      ))}
    </div>
  );
}

/** Read out when `message` changes; not seen. */
export function LiveRegion({ message }: { message: string }) {
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {message}
    </div>
  );
}
