package dev.netstack4j.testkit.simulation;

/// What sits at an end of a link: the card of a host, or a port of a switch.
interface Port {
    /// A frame has arrived. Engine context.
    void arrived(Frame frame);

    /// Whether there is somebody to receive.
    boolean isThere();

    /// The link has come or gone, as seen from either end.
    void linkChanged();

    /// The link has room again after it refused a frame.
    void roomInLink();
}
