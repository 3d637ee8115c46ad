package dev.netstack4j.api.protocol;

/// Source, destination and traffic class of a packet in primitives (IPv4 in mapped form), filled by
/// [InetFamilyOps#addresses]. Re-usable.
public final class AddressPair {
    /// Upper half of the source.
    public long sourceHigh;
    /// Lower half of the source.
    public long sourceLow;
    /// Upper half of the destination.
    public long destinationHigh;
    /// Lower half of the destination.
    public long destinationLow;
    /// Traffic class (type of service), the codepoint of ECN in its two lowest bits.
    public int trafficClass;

    /// All zero.
    public AddressPair() {}
}
