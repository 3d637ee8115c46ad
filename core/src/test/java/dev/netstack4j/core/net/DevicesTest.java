package dev.netstack4j.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.DeviceNotifier;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.runtime.Context;
import dev.netstack4j.api.runtime.Cpu;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DevicesTest {
    private final NetHost net = new NetHost();
    private final TestNic nic = new TestNic();
    private final NetDeviceTable devices = net.part(NetDeviceTable.class);
    private final LinkControl links = net.part(LinkControl.class);

    @AfterEach
    void nothingLeaks() {
        net.host.assertNoLeak();
    }

    private static void assertErrno(Errno wanted, org.junit.jupiter.api.function.Executable call) {
        assertEquals(wanted, assertThrows(NetException.class, call).errno());
    }

    @Test
    void namesAreNumberedAndIndexesNeverUsedTwice() throws NetException {
        NetDevice eth0 = net.down("eth%d", nic, c -> {});
        NetDevice eth1 = net.down("eth%d", nic, c -> {});
        assertEquals(
                List.of("eth0", "eth1"),
                devices.all().stream().map(NetDevice::name).toList());
        devices.unregister(eth0);
        NetDevice again = net.down("eth%d", nic, c -> {});
        assertEquals("eth0", again.name());
        assertEquals(eth1.ifIndex() + 1, again.ifIndex());
        assertSame(eth1, devices.byName("eth1"));
        assertNull(devices.byIndex(eth0.ifIndex()));
        assertErrno(Errno.EEXIST, () -> devices.register(devices.alloc("eth1", nic)));
        NetDevice first = devices.alloc("wan%d", nic);
        NetDevice second = devices.alloc("wan%d", nic);
        devices.register(first);
        devices.register(second);
        assertEquals("wan1", second.name());
    }

    @Test
    @Mechanism("E14")
    void everyOperationOfTheDriverIsReached() throws NetException {
        NetDevice eth0 = net.down("eth%d", nic, c -> c.hardwareFeatures(DeviceFeatures.SG | DeviceFeatures.RXCSUM));
        links.up(eth0);
        links.mtu(eth0, 1400);
        links.macAddress(eth0, MacAddress.parse("52:54:00:00:00:09"));
        links.promiscuous(eth0, true);
        links.multicast(eth0, MacAddress.parse("01:00:5e:00:00:01"), true);
        links.features(eth0, DeviceFeatures.SG);
        links.stats(eth0);
        links.down(eth0);
        assertEquals(
                List.of(
                        "open",
                        "rx promiscuous=false groups=[]",
                        "mtu 1400",
                        "mac 52:54:00:00:00:09",
                        "rx promiscuous=true groups=[]",
                        "rx promiscuous=true groups=[01:00:5e:00:00:01]",
                        "features " + DeviceFeatures.SG,
                        "stats",
                        "stop"),
                nic.calls);
        assertEquals(1400, eth0.mtu());
        assertEquals(MacAddress.parse("52:54:00:00:00:09"), eth0.macAddress());
        assertFalse(eth0.hasFeature(DeviceFeatures.RXCSUM));
    }

    @Test
    void whatADeviceCannotDoIsRefusedBeforeTheDriverIsAsked() {
        NetDevice eth0 = net.up("eth%d", nic);
        nic.calls.clear();
        assertErrno(Errno.EINVAL, () -> links.mtu(eth0, 9000));
        assertErrno(Errno.EADDRNOTAVAIL, () -> links.macAddress(eth0, MacAddress.BROADCAST));
        assertErrno(Errno.EINVAL, () -> links.multicast(eth0, MacAddress.parse("52:54:00:00:00:09"), true));
        assertErrno(Errno.EOPNOTSUPP, () -> links.features(eth0, DeviceFeatures.TSO));
        assertEquals(List.of(), nic.calls);
    }

    @Test
    void aGroupIsLeftWhenTheLastMemberLeaves() throws NetException {
        NetDevice eth0 = net.up("eth%d", nic);
        MacAddress group = MacAddress.parse("01:00:5e:00:00:01");
        nic.calls.clear();
        links.multicast(eth0, group, true);
        links.multicast(eth0, group, true);
        links.multicast(eth0, group, false);
        assertEquals(List.of("rx promiscuous=false groups=[01:00:5e:00:00:01]"), nic.calls);
        links.multicast(eth0, group, false);
        assertEquals("rx promiscuous=false groups=[]", nic.calls.getLast());
        assertErrno(Errno.EADDRNOTAVAIL, () -> links.multicast(eth0, group, false));
    }

    @Test
    void aVlanIsFilteredOutAgainWhenNobodyWantsItAnyMore() throws NetException {
        NetDevice eth0 = net.up("eth%d", nic);
        nic.calls.clear();
        links.vlan(eth0, 100, true);
        links.vlan(eth0, 100, true);
        links.vlan(eth0, 4095, true);
        links.vlan(eth0, 100, false);
        assertEquals(List.of("vlan 100 true", "vlan 4095 true"), nic.calls);
        links.vlan(eth0, 100, false);
        assertEquals("vlan 100 false", nic.calls.getLast());
        assertErrno(Errno.EADDRNOTAVAIL, () -> links.vlan(eth0, 100, false));
        assertErrno(Errno.EINVAL, () -> links.vlan(eth0, 4096, true));
        assertErrno(Errno.EINVAL, () -> links.vlan(eth0, -1, true));
    }

    @Test
    void notifiersHearOfEverythingAndOneThatThrowsKeepsItFromNobody() throws NetException {
        List<String> heard = new ArrayList<>();
        net.contributions.add(DeviceNotifier.POINT, "bad 1.0", "bad", (device, event) -> {
            throw new IllegalStateException("made by the test");
        });
        net.contributions.add(DeviceNotifier.POINT, "good 1.0", "good", (device, event) -> heard.add(event.name()));
        devices.start();
        NetDevice eth0 = net.up("eth%d", nic);
        eth0.carrier(false);
        assertFalse(heard.contains("CARRIER"), "the driver may speak in any context");
        net.runWork();
        links.mtu(eth0, 1000);
        devices.unregister(eth0);
        assertEquals(List.of("REGISTER", "UP", "CARRIER", "MTU", "GOING_DOWN", "DOWN", "UNREGISTER"), heard);
    }

    /// Refuses to open, in one way or another.
    private record Unwilling(Throwable why) implements NetDeviceOps {
        @Override
        public void open() throws NetException {
            if (why instanceof NetException e) {
                throw e;
            }
            throw (RuntimeException) why;
        }

        @Override
        public void stop() {}

        @Override
        public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
            return TxStatus.BUSY;
        }

        @Override
        public void stats(DeviceStats into) {}
    }

    @Test
    void aDeviceThatCannotBeOpenedStaysDown() {
        NetDevice a = net.down("a", new Unwilling(new NetException(Errno.ENOMEM, "get a ring")), c -> {});
        NetDevice b = net.down("b", new Unwilling(new IllegalStateException("made by the test")), c -> {});
        assertErrno(Errno.ENOMEM, () -> links.up(a));
        assertErrno(Errno.EIO, () -> links.up(b));
        assertFalse(a.isUp() || b.isUp());
    }

    @Test
    void takingADeviceDownDropsWhatWaitedBeforeTheDriverIsStopped() {
        NetDevice eth0 = net.up("eth%d", nic);
        eth0.txQueue(0).stop();
        net.send(net.frame(eth0, 0x88B5, 1));
        net.cpus.onGrace = () -> assertFalse(nic.calls.contains("stop"), "first a grace period");
        links.down(eth0);
        assertEquals(0, net.host.pool().live());
        assertTrue(net.cpus.graces > 0);
        eth0.txQueue(0).wake(net.cpu);
        net.cpus.runSoftIrqs();
        assertEquals(0, nic.starts);
    }

    @Test
    @Mechanism({"F2", "G8"})
    void whatIsSentThroughLoopbackComesBackInSoftirqWithAGoodChecksum() {
        LoopbackDevice loopback = net.part(LoopbackDevice.class);
        loopback.create();
        NetDevice lo = devices.byName("lo");
        assertEquals(1, lo.ifIndex());
        assertEquals(65536, lo.mtu());
        assertEquals("noqueue", net.part(QdiscControl.class).kind(lo));
        ConsumeReason done = net.host.ledger().consume("TEST_DONE", "seen by the test");
        List<String> seen = new ArrayList<>();
        net.part(PacketTypeTable.class)
                .add(
                        EtherType.IPV4,
                        null,
                        (skb, d, o, cpu) -> {
                            seen.add(cpu.context() + " " + skb.kind() + " " + skb.checksumState() + " " + d);
                            skb.consume(done, cpu);
                        },
                        "test");
        SkBuff skb = net.frame(lo, EtherType.IPV4, 1);
        skb.put64(skb.data(), 0);
        skb.checksumPartial(skb.networkHeader() + 20, 6);
        List<Context> released = new ArrayList<>();
        skb.owner((s, cpu) -> released.add(cpu.context()));
        net.send(skb);
        assertEquals(List.of(), seen, "not in the sender's call");
        assertEquals(List.of(Context.PROCESS), released, "the sender's memory is free at once");
        net.cpus.runSoftIrqs();
        assertEquals(List.of("SOFTIRQ HOST UNNECESSARY lo"), seen);
        assertEquals(1, links.stats(lo).rxPackets);
        loopback.stop();
        assertNull(devices.byName("lo"));
    }
}
