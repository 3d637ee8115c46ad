package dev.netstack4j.api.protocol;

/// Source, destination, traffic class and hop limit of a packet in primitives (IPv4 in mapped form), filled by
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
    /// Time to live, or hop limit.
    public int hopLimit;

    /// All zero.
    public AddressPair() {}
}
