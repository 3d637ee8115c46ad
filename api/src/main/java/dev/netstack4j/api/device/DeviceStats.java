package dev.netstack4j.api.device;

import dev.netstack4j.api.doc.Linux;
import java.util.Map;
import java.util.TreeMap;

/// Counts of a device since it was registered. Each packet that the driver took is sent, dropped or in error (NDO-51);
/// each frame that the device took is received, in error, dropped or missed (NDO-52). The fields are those that every
/// device has; chips add their own by name.
@Linux("include/uapi/linux/if_link.h#rtnl_link_stats64")
public final class DeviceStats {
    /// Packets handed up (NDO-50).
    public long rxPackets;
    /// Their bytes, link-layer header included, frame check sequence not.
    public long rxBytes;
    /// Packets sent (NDO-49).
    public long txPackets;
    /// Their bytes, link-layer header included, padding and frame check sequence not.
    public long txBytes;
    /// Bad frames.
    public long rxErrors;
    /// Frames that could not be sent.
    public long txErrors;
    /// Received frames that the driver dropped.
    public long rxDropped;
    /// Frames that the driver dropped instead of sending.
    public long txDropped;
    /// Frames lost in the device for want of a buffer.
    public long rxMissed;
    /// Frames with a bad frame check sequence.
    public long rxCrcErrors;
    /// Frames of a wrong length.
    public long rxLengthErrors;
    /// Multicast frames received.
    public long multicast;

    private final Map<String, Long> chip = new TreeMap<>();

    /// All zero.
    public DeviceStats() {}

    /// Adds a count that only this chip has.
    public void chip(String name, long value) {
        chip.put(name, value);
    }

    /// The counts that only this chip has.
    public Map<String, Long> chip() {
        return chip;
    }
}
