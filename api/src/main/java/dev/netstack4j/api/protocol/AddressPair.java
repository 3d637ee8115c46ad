package dev.netstack4j.api.protocol;

/// Source and destination of a packet in primitives (IPv4 in mapped form), filled by [InetFamilyOps#addresses].
/// Re-usable.
public final class AddressPair {
    /// Upper half of the source.
    public long sourceHigh;
    /// Lower half of the source.
    public long sourceLow;
    /// Upper half of the destination.
    public long destinationHigh;
    /// Lower half of the destination.
    public long destinationLow;

    /// All zero.
    public AddressPair() {}
}
