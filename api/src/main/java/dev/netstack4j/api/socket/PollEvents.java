package dev.netstack4j.api.socket;

/// Readiness bits, with Linux's numbers.
public final class PollEvents {
    /// Something can be read, or a connection accepted.
    public static final int IN = 0x1;
    /// Urgent data.
    public static final int PRI = 0x2;
    /// Something can be written.
    public static final int OUT = 0x4;
    /// An error waits.
    public static final int ERR = 0x8;
    /// Both directions are closed.
    public static final int HUP = 0x10;
    /// Not an open descriptor.
    public static final int NVAL = 0x20;
    /// The peer will send no more.
    public static final int RDHUP = 0x2000;

    private PollEvents() {}
}
