package dev.netstack4j.testkit.script.model;

import java.util.List;

/// One TCP option.
///
/// @param kind    its number
/// @param numbers its values: MSS, shift, timestamp and echo, edges of blocks two by two
/// @param raw     bytes behind kind and length of an option that has no form of its own
public record TcpOption(int kind, List<Value> numbers, byte[] raw) {
    /// End of the list.
    public static final int EOL = 0;
    /// Filler.
    public static final int NOP = 1;
    /// Largest segment.
    public static final int MSS = 2;
    /// Window scale.
    public static final int WS = 3;
    /// SACK permitted.
    public static final int SACKOK = 4;
    /// SACK blocks.
    public static final int SACK = 5;
    /// Timestamps.
    public static final int TS = 8;

    /// Whether it only fills.
    public boolean isFiller() {
        return kind == NOP || kind == EOL;
    }
}
