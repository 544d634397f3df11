// Runs before the first paint so that a dark page never flashes white. `ui/theme.ts` is its other half.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem("worksample-theme");
  } catch {
    // Storage can be forbidden; the system's preference is then used.
  }
  const dark =
    choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
