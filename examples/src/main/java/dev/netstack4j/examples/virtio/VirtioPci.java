package dev.netstack4j.examples.virtio;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.hardware.PciDevice;
import java.util.Map;
import java.util.TreeMap;

/// The registers of a virtio device on PCI (virtio 1.2, section 4.1): three structures, whose places its capabilities
/// tell. All that they do is to agree on features, tell where queues lie, and be notified.
final class VirtioPci {
    static final int NETWORK_MAC = 1 << 5;
    static final int NETWORK_STATUS = 1 << 16;

    private static final int CAPABILITY_POINTER = 0x34;
    private static final int VENDOR_CAPABILITY = 9;
    private static final int COMMON = 1;
    private static final int NOTIFY = 2;
    private static final int DEVICE = 4;

    // The common structure.
    private static final int DEVICE_FEATURE_SELECT = 0x00;
    private static final int DEVICE_FEATURE = 0x04;
    private static final int DRIVER_FEATURE_SELECT = 0x08;
    private static final int DRIVER_FEATURE = 0x0C;
    private static final int CONFIG_VECTOR = 0x10;
    private static final int DEVICE_STATUS = 0x14;
    private static final int QUEUE_SELECT = 0x16;
    private static final int QUEUE_SIZE = 0x18;
    private static final int QUEUE_VECTOR = 0x1A;
    private static final int QUEUE_ENABLE = 0x1C;
    private static final int QUEUE_NOTIFY_OFFSET = 0x1E;
    private static final int QUEUE_DESCRIPTORS = 0x20;
    private static final int QUEUE_AVAILABLE = 0x28;
    private static final int QUEUE_USED = 0x30;

    private static final int ACKNOWLEDGE = 1;
    private static final int DRIVER = 2;
    private static final int DRIVER_OK = 4;
    private static final int FEATURES_OK = 8;
    private static final int VERSION_1 = 1; // bit 32 of the features
    private static final int LINK_UP = 1;
    private static final int MOST_POLLS = 10_000;

    private final Map<Integer, Place> places;
    private int status;

    /// Where a structure lies.
    private record Place(IoMemory window, int offset, int multiplier) {}

    private VirtioPci(Map<Integer, Place> places) {
        this.places = places;
    }

    /// Walks the capabilities.
    static VirtioPci find(PciDevice pdev) throws NetException {
        Map<Integer, Place> places = new TreeMap<>();
        int at = pdev.configRead32(CAPABILITY_POINTER) & 0xFC;
        for (int head; at != 0; at = head >>> 8 & 0xFC) {
            head = pdev.configRead32(at);
            int type = head >>> 24;
            if ((head & 0xFF) == VENDOR_CAPABILITY && (type == COMMON || type == NOTIFY || type == DEVICE)) {
                IoMemory window = pdev.mapBar(pdev.configRead32(at + 4) & 0xFF);
                int multiplier = type == NOTIFY ? pdev.configRead32(at + 16) : 0;
                places.putIfAbsent(type, new Place(window, pdev.configRead32(at + 8), multiplier));
            }
        }
        if (places.size() < 3) {
            throw new NetException(Errno.ENODEV, "find the registers of virtio 1.0 in " + pdev.address());
        }
        return new VirtioPci(places);
    }

    private Place place(int type) {
        Place p = places.get(type);
        if (p == null) {
            throw new IllegalStateException("find() makes none without all structures");
        }
        return p;
    }

    private int common16(int offset) {
        return place(COMMON).window.read16(place(COMMON).offset + offset);
    }

    private void common16(int offset, int value) {
        place(COMMON).window.write16(place(COMMON).offset + offset, value);
    }

    private void common32(int offset, int value) {
        place(COMMON).window.write32(place(COMMON).offset + offset, value);
    }

    private int deviceStatus() {
        return place(COMMON).window.read8(place(COMMON).offset + DEVICE_STATUS);
    }

    private void deviceStatus(int bits) {
        status = bits;
        place(COMMON).window.write8(place(COMMON).offset + DEVICE_STATUS, bits);
    }

    /// Stops all queues and forgets all that was agreed.
    void reset() throws NetException {
        deviceStatus(0);
        for (int polls = 0; deviceStatus() != 0; polls++) {
            if (polls == MOST_POLLS) {
                throw new NetException(Errno.EIO, "reset the device, which does not come back");
            }
        }
    }

    /// Agrees on features: those that are wanted and offered, and version 1.
    void negotiate(int wanted) throws NetException {
        deviceStatus(ACKNOWLEDGE | DRIVER);
        common32(DEVICE_FEATURE_SELECT, 0);
        int offered = place(COMMON).window.read32(place(COMMON).offset + DEVICE_FEATURE);
        common32(DRIVER_FEATURE_SELECT, 0);
        common32(DRIVER_FEATURE, offered & wanted);
        common32(DRIVER_FEATURE_SELECT, 1);
        common32(DRIVER_FEATURE, VERSION_1);
        deviceStatus(status | FEATURES_OK);
        if ((deviceStatus() & FEATURES_OK) == 0) {
            throw new NetException(Errno.EIO, "agree with the device on features");
        }
    }

    /// Most descriptors of a queue.
    int queueSize(int queue) {
        common16(QUEUE_SELECT, queue);
        return common16(QUEUE_SIZE);
    }

    /// Tells the device of a queue.
    ///
    /// @return the offset at which [#notifyQueue] tells of news in it
    int startQueue(int queue, Virtqueue q, int vector) {
        common16(QUEUE_SELECT, queue);
        common16(QUEUE_SIZE, q.size());
        common16(QUEUE_VECTOR, vector);
        address(QUEUE_DESCRIPTORS, q.descriptors());
        address(QUEUE_AVAILABLE, q.available());
        address(QUEUE_USED, q.used());
        common16(QUEUE_ENABLE, 1);
        return place(NOTIFY).offset + common16(QUEUE_NOTIFY_OFFSET) * place(NOTIFY).multiplier;
    }

    private void address(int offset, long address) {
        common32(offset, (int) address);
        common32(offset + 4, (int) (address >>> 32));
    }

    /// Lets the device work; changes of its configuration come with that vector.
    void start(int configVector) {
        common16(CONFIG_VECTOR, configVector);
        deviceStatus(status | DRIVER_OK);
    }

    void notifyQueue(int queue, int offset) {
        place(NOTIFY).window.write16(offset, queue);
    }

    MacAddress macAddress() {
        long bits = 0;
        for (int i = 0; i < 6; i++) {
            bits = bits << 8 | place(DEVICE).window.read8(place(DEVICE).offset + i);
        }
        return MacAddress.of(bits);
    }

    boolean isLinkUp() {
        int link = place(DEVICE).window.read16(place(DEVICE).offset + 6);
        return link != 0xFFFF && (link & LINK_UP) != 0;
    }
}
