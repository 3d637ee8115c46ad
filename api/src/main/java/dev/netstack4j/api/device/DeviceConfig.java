package dev.netstack4j.api.device;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.doc.Linux;

/// Identity and settings of a network device: filled in by the driver before it registers, changed through its
/// operations afterwards. Writers hold the control lock; readers need no lock.
public final class DeviceConfig {
    private volatile MacAddress macAddress = MacAddress.ZERO;
    private volatile int mtu = 1500;
    private int leastMtu = 68;
    private int mostMtu = 1500;
    private volatile long features;
    private long hardwareFeatures;
    private volatile int flags = DeviceFlags.BROADCAST | DeviceFlags.MULTICAST;
    private volatile int txQueues = 1;
    private int txQueueLength = 1000;
    private int linkHeaderLength = 14;
    private int needsHeadroom;
    private volatile int gsoMaxSize = 65536;
    private EthtoolOps ethtool = new EthtoolOps() {};

    /// The defaults of an Ethernet device.
    public DeviceConfig() {}

    /// The station address.
    public MacAddress macAddress() {
        return macAddress;
    }

    /// Sets the station address.
    public void macAddress(MacAddress address) {
        macAddress = address;
    }

    /// Largest payload behind the link-layer header.
    public int mtu() {
        return mtu;
    }

    /// Sets the MTU; [NetDeviceOps#changeMtu] has agreed.
    public void mtu(int bytes) {
        mtu = bytes;
    }

    /// Smallest legal MTU.
    public int leastMtu() {
        return leastMtu;
    }

    /// Largest legal MTU.
    public int mostMtu() {
        return mostMtu;
    }

    /// Sets the range of legal MTUs.
    public void mtuRange(int least, int most) {
        leastMtu = least;
        mostMtu = most;
    }

    /// Active features, bits of [DeviceFeatures].
    public long features() {
        return features;
    }

    /// Sets the active features.
    public void features(long bits) {
        features = bits;
    }

    /// Features that a user may switch, bits of [DeviceFeatures].
    public long hardwareFeatures() {
        return hardwareFeatures;
    }

    /// Declares the features that a user may switch, and makes them active.
    public void hardwareFeatures(long bits) {
        hardwareFeatures = bits;
        features |= bits;
    }

    /// Bits of [DeviceFlags].
    public int flags() {
        return flags;
    }

    /// Sets the flags.
    public void flags(int bits) {
        flags = bits;
    }

    /// Number of transmit queues in use.
    public int txQueues() {
        return txQueues;
    }

    /// Sets the number of transmit queues. Before registration, or with the device down.
    @Linux("net/core/dev.c#netif_set_real_num_tx_queues")
    public void txQueues(int count) {
        txQueues = count;
    }

    /// Packets that a default qdisc keeps.
    public int txQueueLength() {
        return txQueueLength;
    }

    /// Sets the length of default qdiscs; 0 for a device without a queue.
    public void txQueueLength(int packets) {
        txQueueLength = packets;
    }

    /// Bytes of the header that the link layer writes before each packet: 14 for Ethernet, 0 for a device that carries
    /// bare IP packets (a TUN). A device without it is [DeviceFlags#NOARP]: nobody is asked for an address.
    public int linkHeaderLength() {
        return linkHeaderLength;
    }

    /// Sets the length of the link-layer header: 14 or 0. Before registration.
    ///
    /// @throws IllegalArgumentException for any other length
    @Linux("include/linux/netdevice.h#hard_header_len")
    public void linkHeaderLength(int bytes) {
        if (bytes != 0 && bytes != 14) {
            throw new IllegalArgumentException("a link-layer header has 14 bytes or none, not " + bytes);
        }
        linkHeaderLength = bytes;
    }

    /// Bytes of headroom that the driver wants beyond the link-layer header.
    public int needsHeadroom() {
        return needsHeadroom;
    }

    /// Sets the wanted headroom.
    public void needsHeadroom(int bytes) {
        needsHeadroom = bytes;
    }

    /// Largest packet of the network layer, its header included, that may stand for several.
    public int gsoMaxSize() {
        return gsoMaxSize;
    }

    /// Sets the largest packet for segmentation.
    public void gsoMaxSize(int bytes) {
        gsoMaxSize = bytes;
    }

    /// Optional abilities; every one that the driver lacks answers EOPNOTSUPP.
    public EthtoolOps ethtool() {
        return ethtool;
    }

    /// Declares optional abilities.
    public void ethtool(EthtoolOps ops) {
        ethtool = ops;
    }
}
