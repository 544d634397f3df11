export const NPM_VERSION = /^[0-9A-Za-z][0-9A-Za-z.+-]{0,255}$/;
/** A version's tarball, as registries name it. */
export const NPM_FILE = /^[A-Za-z0-9~-][A-Za-z0-9._+~-]{0,400}\.(?:tgz|tar\.gz)$/;
/** A tag or a version. */
export const NPM_SELECTOR = /^[A-Za-z0-9][A-Za-z0-9._+~-]{0,255}$/;
