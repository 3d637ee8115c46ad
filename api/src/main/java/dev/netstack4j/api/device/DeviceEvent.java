package dev.netstack4j.api.device;

import dev.netstack4j.api.doc.Linux;

/// What happened to a device. New events may be added: treat unknown ones as nothing.
@Linux("include/linux/netdevice.h#netdev_cmd")
public enum DeviceEvent {
    /// It was registered.
    REGISTER,
    /// It is up.
    UP,
    /// It will go down.
    GOING_DOWN,
    /// It is down.
    DOWN,
    /// The link came or went.
    CARRIER,
    /// The MTU changed.
    MTU,
    /// The station address changed.
    ADDRESS,
    /// It will be forgotten.
    UNREGISTER
}
