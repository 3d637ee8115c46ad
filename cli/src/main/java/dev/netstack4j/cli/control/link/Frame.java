package dev.netstack4j.cli.control.link;

/// What a stack emitted.
///
/// @param timeNanos when: on the runtime's clock in virtual time, since 1970 in real time
/// @param bytes     from the first byte of the link-layer header, or of the IP header
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Frame(long timeNanos, byte[] bytes) {}
