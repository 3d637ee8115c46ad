package dev.netstack4j.testkit.simulation;

/// What happened to a frame on a link. A frame is first [#SENT]; what follows depends on the link's shape.
public enum FrameFate {
    /// A host or switch sent it.
    SENT,
    /// It reached the other end.
    ARRIVED,
    /// It vanished by chance.
    LOST,
    /// It found the queue full and vanished.
    QUEUE_FULL,
    /// It vanished because the link is cut or unplugged, or because its sender is in another partition.
    CUT,
    /// One bit of it is wrong from here on; the bytes told are the wrong ones.
    CORRUPTED,
    /// It will arrive a second time.
    DUPLICATED,
    /// It is late, so that others may overtake it.
    REORDERED
}
