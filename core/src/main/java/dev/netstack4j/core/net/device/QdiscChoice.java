package dev.netstack4j.core.net.device;

import dev.netstack4j.api.spi.Options;

/// The qdisc that a device gets for each transmit queue.
///
/// @param kind    a kind of qdisc
/// @param options its options
public record QdiscChoice(String kind, Options options) {}
