package dev.netstack4j.testkit.kit.nic;

/// What a driver can do beside sending and receiving. What its author does not declare, it must refuse or not announce.
public enum NicAbility {
    /// Sends gather lists.
    SCATTER_GATHER,
    /// Completes checksums.
    CHECKSUM,
    /// Verifies checksums of received packets.
    RX_CHECKSUM,
    /// Inserts and strips VLAN tags.
    VLAN,
    /// Has more than one transmit queue.
    SEVERAL_QUEUES,
    /// Keeps away unicast frames for others.
    UNICAST_FILTER,
    /// Keeps away most multicast frames that nobody wants.
    MULTICAST_FILTER,
    /// Tells when the link comes and goes.
    LINK_DETECTION,
    /// Changes its station address.
    ADDRESS_CHANGE,
    /// Changes its MTU while it runs.
    MTU_CHANGE,
    /// Reports and changes ring sizes.
    RINGS,
    /// Reports and changes interrupt moderation.
    COALESCING,
    /// Reports the number of queue pairs.
    CHANNELS,
    /// Changes the number of queue pairs.
    CHANNELS_CHANGE,
    /// Reports and changes what it does with pause frames.
    PAUSE,
    /// Steers received flows.
    STEERING,
    /// Reports the link speed.
    SPEED,
    /// Reports its name.
    DRIVER_INFO,
    /// Runs with a shared, level-triggered interrupt.
    INTX,
    /// Holds packets when the far end takes none, until it takes them again (not a device that loses them instead).
    FLOW_CONTROL,
    /// Counts received frames with a bad frame check sequence, which its wire can carry.
    CHECK_SEQUENCE
}
