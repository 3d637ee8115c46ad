package dev.netstack4j.examples.virtio;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.hardware.PciDevice;

/// The registers of a virtio device on PCI (virtio 1.2, section 4.1): three structures, whose places its capabilities
/// tell. All that they do is to agree on features, tell where queues lie, and be notified.
final class VirtioPci {
    static final int FOR_CHANGES = 0; // which message tells of what
    static final int FOR_QUEUES = 1;

    private static final int CAPABILITY_POINTER = 0x34;
    private static final int VENDOR_CAPABILITY = 9;
    private static final int COMMON = 1;
    private static final int NOTIFY = 2;
    private static final int DEVICE = 4;
    private static final int DEVICE_FEATURE_SELECT = 0x00; // from here on: within the common structure
    private static final int DEVICE_FEATURE = 0x04;
    private static final int DRIVER_FEATURE_SELECT = 0x08;
    private static final int DRIVER_FEATURE = 0x0C;
    private static final int CONFIG_VECTOR = 0x10;
    private static final int STATUS = 0x14;
    private static final int QUEUE_SELECT = 0x16;
    private static final int QUEUE_SIZE = 0x18;
    private static final int QUEUE_VECTOR = 0x1A;
    private static final int QUEUE_ENABLE = 0x1C;
    private static final int QUEUE_NOTIFY_OFFSET = 0x1E;
    private static final int QUEUE_DESCRIPTORS = 0x20;
    private static final int QUEUE_AVAILABLE = 0x28;
    private static final int QUEUE_USED = 0x30;

    private static final int DRIVER = 1 | 2; // seen, and has a driver
    private static final int DRIVER_OK = 4;
    private static final int FEATURES_OK = 8;
    private static final int NETWORK_FEATURES = 1 << 5 | 1 << 16; // station address, link status
    private static final int VERSION_1 = 1; // bit 32 of the features

    private final Place common;
    private final Place notify;
    private final Place device;

    /// Where a structure lies.
    private record Place(IoMemory window, int offset, int multiplier) {
        int read16(int at) {
            return window.read16(offset + at);
        }

        void write16(int at, int value) {
            window.write16(offset + at, value);
        }

        void write32(int at, int value) {
            window.write32(offset + at, value);
        }
    }

    VirtioPci(PciDevice pdev) throws NetException {
        common = find(pdev, COMMON);
        notify = find(pdev, NOTIFY);
        device = find(pdev, DEVICE);
    }

    /// Walks the capabilities.
    private static Place find(PciDevice pdev, int type) throws NetException {
        int at = pdev.configRead32(CAPABILITY_POINTER) & 0xFC;
        for (int head; at != 0; at = head >>> 8 & 0xFC) {
            head = pdev.configRead32(at);
            if ((head & 0xFF) == VENDOR_CAPABILITY && head >>> 24 == type) {
                IoMemory window = pdev.mapBar(pdev.configRead32(at + 4) & 0xFF);
                return new Place(window, pdev.configRead32(at + 8), pdev.configRead32(at + 16));
            }
        }
        throw new NetException(Errno.ENODEV, "find the registers of virtio 1.0 in " + pdev.address());
    }

    private void status(int bits) {
        common.window.write8(common.offset + STATUS, bits);
    }

    private int status() {
        return common.window.read8(common.offset + STATUS);
    }

    /// Forgets all that was agreed. A device that does not come back is gone.
    void reset() {
        status(0);
        for (int polls = 0; polls < 10_000 && status() != 0; polls++) {
            Thread.onSpinWait();
        }
    }

    /// Agrees on features: those of [#NETWORK_FEATURES] that are offered, and version 1.
    void negotiate() throws NetException {
        status(DRIVER);
        common.write32(DEVICE_FEATURE_SELECT, 0);
        int offered = common.window.read32(common.offset + DEVICE_FEATURE);
        common.write32(DRIVER_FEATURE_SELECT, 0);
        common.write32(DRIVER_FEATURE, offered & NETWORK_FEATURES);
        common.write32(DRIVER_FEATURE_SELECT, 1);
        common.write32(DRIVER_FEATURE, VERSION_1);
        status(DRIVER | FEATURES_OK);
        if ((status() & FEATURES_OK) == 0) {
            throw new NetException(Errno.EIO, "agree with the device on features");
        }
    }

    int queueSize(int queue) {
        common.write16(QUEUE_SELECT, queue);
        return common.read16(QUEUE_SIZE);
    }

    /// Tells the device where a queue lies: below 4 GiB, as all memory of a host, so the upper halves of the addresses
    /// stay zero.
    ///
    /// @return the offset at which [#notifyQueue] tells of news in it
    int startQueue(int queue, int size, long descriptors, long available, long used) {
        common.write16(QUEUE_SELECT, queue);
        common.write16(QUEUE_SIZE, size);
        common.write16(QUEUE_VECTOR, FOR_QUEUES);
        common.write32(QUEUE_DESCRIPTORS, (int) descriptors);
        common.write32(QUEUE_AVAILABLE, (int) available);
        common.write32(QUEUE_USED, (int) used);
        common.write16(QUEUE_ENABLE, 1);
        return notify.offset + common.read16(QUEUE_NOTIFY_OFFSET) * notify.multiplier;
    }

    /// Lets the device work.
    void start() {
        common.write16(CONFIG_VECTOR, FOR_CHANGES);
        status(DRIVER | FEATURES_OK | DRIVER_OK);
    }

    void notifyQueue(int queue, int offset) {
        notify.window.write16(offset, queue);
    }

    MacAddress macAddress() {
        long bits = 0;
        for (int i = 0; i < 6; i++) {
            bits = bits << 8 | device.window.read8(device.offset + i);
        }
        return MacAddress.of(bits);
    }

    boolean isLinkUp() {
        return (device.read16(6) & 1) != 0;
    }
}
