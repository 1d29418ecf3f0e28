/** The first four bytes after the length: a protocol version, or a number that no version will have. */
export const PROTOCOL_MAJOR = 3;
export const CANCEL_REQUEST_CODE = 80877102;
export const SSL_REQUEST_CODE = 80877103;
export const GSSENC_REQUEST_CODE = 80877104;
