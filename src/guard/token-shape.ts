/** Three parts in base64url, as a signed token has them in its compact form (RFC 7515 §7.1). */
export const TOKEN_SHAPE = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/** Tokens travel in HTTP headers, where common servers end at 8 KB. */
export const TOKEN_BYTES_MAX = 8192;
