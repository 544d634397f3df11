/** Whose address the attempt has that a check makes for itself: nobody can open it. */
export const CHECK_EMAIL = "check@worksample.invalid";
/** Whose address a trial has that a program asked for. */
export const PROGRAM_EMAIL = "trial@worksample.invalid";
/** How long a trial can be opened. */
export const TRIAL_HOURS = 24;
