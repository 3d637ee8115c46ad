package dev.netstack4j.testkit.kit.wire;

/// What a wire can do beside carrying frames.
public enum WireAbility {
    /// Knows whether a device is at the other end.
    LINK_DETECTION,
    /// Makes the sender hold while the receiver takes nothing; loses no frame for want of room.
    FLOW_CONTROL,
    /// Carries frames shorter than 60 bytes as they are.
    SHORT_FRAMES
}
