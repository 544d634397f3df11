/** Under which name every sandbox reaches its mirror. */
export const MIRROR_ORIGIN = "http://packages.internal";
