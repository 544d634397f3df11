/** Dates of a checkout or an upload say nothing, and would make a new tree of the same files each time. */
export const DATE_OF_ALL_MS = Date.UTC(2026, 0, 1);
