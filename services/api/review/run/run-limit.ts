/** How long a run may take, whatever the candidate had. */
export const RUN_LIMIT_SEC = 60 * 60;
