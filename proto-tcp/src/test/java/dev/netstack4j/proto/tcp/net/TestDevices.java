package dev.netstack4j.proto.tcp.net;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.testkit.fake.FakeNetDevice;

/// The device that routes of tests name.
final class TestDevices {
    static final NetDevice ETH0 = new FakeNetDevice("eth0", 1);

    private TestDevices() {}
}
