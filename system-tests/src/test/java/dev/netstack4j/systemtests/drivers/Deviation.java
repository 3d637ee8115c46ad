package dev.netstack4j.systemtests.drivers;

/// Where a model of QEMU is not what the data sheet says, so that the driver cannot be held to it there. Each is looked
/// at in one case of the suite, which says what is seen instead.
enum Deviation {
    /// QEMU's 82540EM sets IXSM in every received descriptor: no checksum is ever reported, good or bad.
    NO_RX_CHECKSUM,
    /// QEMU's models do not pad short frames.
    NO_PADDING,
    /// QEMU's 82576 clears FIN and PSH in every segment that it cuts, in the last one too.
    CLEARS_FIN_AND_PUSH,
    /// QEMU's 82540EM lets an empty segment follow one that is full though it is the last.
    SENDS_EMPTY_SEGMENT,
    /// QEMU's models send no PAUSE frames and obey none: what a full ring cannot take is lost, flow control or not.
    NO_PAUSE,
    /// A frame that comes while QEMU's 82540EM does not receive is not lost but waits until it does.
    KEEPS_FRAMES_WHILE_DOWN
}
