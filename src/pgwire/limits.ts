/** Every bound of the codec, each with its source; a test reaches each of them. */

/** The longest first packet. PostgreSQL refuses more than 10,000 bytes (`MAX_STARTUP_PACKET_LENGTH`). */
export const startupPacketBytesMax = 10_000;

/** The longest password message: PostgreSQL's bound for authentication tokens (`PG_MAX_AUTH_TOKEN_LENGTH`), room for a JWT. */
export const passwordBytesMax = 65_535;

/** The longest SASL message: PostgreSQL's `PG_MAX_SASL_MESSAGE_LENGTH`. */
export const saslMessageBytesMax = 1_024;

/** The longest message without a size of its own: PostgreSQL's `PQ_SMALL_MESSAGE_LIMIT`. */
export const smallMessageBytesMax = 10_000;

/** The longest Query, Parse, Bind or Close message unless the gateway sets another bound. PostgreSQL allows 1 GB. */
export const largeMessageBytesMax = 64 * 1024 * 1024;

/** The longest message that passes in parts (CopyData, DataRow): PostgreSQL's `PQ_LARGE_MESSAGE_LIMIT`, 1 GB less one. */
export const streamedMessageBytesMax = 0x3fff_ffff;

/** The secret of a cancel key: 4 bytes in protocol 3.0, at most 256 in protocol 3.2. */
export const cancelKeyBytesMin = 4;
export const cancelKeyBytesMax = 256;

/** A count of the protocol is 16 bits without sign: PostgreSQL takes up to 65,535 parameters. */
export const countMax = 65_535;

/**
 * Iterations of SCRAM-SHA-256. RFC 7677 asks for 4,096 at least; a peer that asks for more than a million
 * would keep a core busy for half a second a connection.
 */
export const scramIterationsMin = 4_096;
export const scramIterationsMax = 1_000_000;

/** The longest line of COPY data that is put together in memory unless the gateway sets another bound. */
export const copyLineBytesMax = 16 * 1024 * 1024;
