/**
 * Brings the field of a path into sight and gives it focus: the element whose `data-path` is the longest beginning of
 * the path.
 */
export function showPlace(root: HTMLElement, path: string): void {
  const place = closest(root, path);
  if (!place) return;
  place.scrollIntoView({ block: "center" });
  place.querySelector<HTMLElement>("input, textarea, [contenteditable=true], button")?.focus({
    preventScroll: true,
  });
}

function closest(root: HTMLElement, path: string): HTMLElement | null {
  const places = [...root.querySelectorAll<HTMLElement>("[data-path]")];
  const holds = ({ dataset: { path: own = "" } }: HTMLElement) => path === own || path.startsWith(`${own}.`);
  return places.filter(holds).sort((a, b) => b.dataset.path!.length - a.dataset.path!.length)[0] ?? null;
}
