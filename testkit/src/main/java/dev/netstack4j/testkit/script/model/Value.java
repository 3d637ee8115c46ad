package dev.netstack4j.testkit.script.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a script says of one field of a packet.
public sealed interface Value {
    /// A number, an address as its bits, or a sequence number counted from the start of its direction.
    record Exact(long value) implements Value {}

    /// A sequence number as it stands on the wire.
    record Absolute(long value) implements Value {}

    /// A number of a range, both ends included; as a slice the second end is excluded.
    record Between(long low, long high) implements Value {}

    /// Anything; for the sequence number of an expected SYN: a new start of the direction.
    record Any() implements Value {}

    /// The timestamp that the other side sent last, or one of so many milliseconds before.
    record Last(long less) implements Value {
        /// The last itself.
        public Last() {
            this(0);
        }
    }

    /// A checksum: right, wrong by one, or left out (UDP).
    enum Sum implements Value {
        /// As the RFC says.
        GOOD,
        /// Wrong by one.
        BAD,
        /// Zero.
        NONE
    }

    /// TCP flags.
    ///
    /// @param set   bits that are set
    /// @param maybe bits that are not looked at
    record Flags(int set, int maybe) implements Value {}

    /// Payload of which the length is said; its bytes are the pattern of their position.
    record Pattern(Value length) implements Value {}

    /// Payload, byte by byte.
    record Bytes(byte[] bytes) implements Value {}

    /// TCP options in order.
    record Options(List<TcpOption> list) implements Value {}

    /// The packet that an ICMP error quotes; null for the last one that went the other way.
    record Quoted(@Nullable Packet packet) implements Value {}
}
