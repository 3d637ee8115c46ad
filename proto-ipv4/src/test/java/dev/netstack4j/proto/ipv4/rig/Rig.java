package dev.netstack4j.proto.ipv4.rig;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.DeviceEvent;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.neighbour.NeighbourTables;
import dev.netstack4j.api.netfilter.Netfilter;
import dev.netstack4j.api.protocol.InetError;
import dev.netstack4j.api.protocol.InetProtocols;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.socket.InetSock;
import dev.netstack4j.api.socket.ProtoOps;
import dev.netstack4j.api.socket.SockRequest;
import dev.netstack4j.api.socket.SockSettings;
import dev.netstack4j.api.spi.Plugged;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.proto.ipv4.control.Ipv4Control;
import dev.netstack4j.proto.ipv4.icmp.IcmpProtocol;
import dev.netstack4j.proto.ipv4.input.IpHandler;
import dev.netstack4j.testkit.fake.FakeCpu;
import dev.netstack4j.testkit.fake.FakeLinkLayer;
import dev.netstack4j.testkit.fake.FakeNeighbours;
import dev.netstack4j.testkit.fake.FakeNetDevice;
import dev.netstack4j.testkit.fake.FakeNetfilter;
import dev.netstack4j.testkit.fake.FakeSockContext;
import dev.netstack4j.testkit.fake.TestHost;
import java.util.ArrayList;
import java.util.List;

/// A host with IPv4: lo, eth0 with 10.0.0.1/24 and eth1 with 10.1.0.1/24, a default route by 10.0.0.254, and neighbours
/// that keep what they get.
public final class Rig {
    /// Everything below and around.
    public final TestHost host = new TestHost();
    /// The first device.
    public final FakeNetDevice eth0 = new FakeNetDevice("eth0", 2);
    /// The second device.
    public final FakeNetDevice eth1 = new FakeNetDevice("eth1", 3);
    /// The loopback device.
    public final FakeNetDevice lo = new FakeNetDevice("lo", 1);
    /// Hooks.
    public final FakeNetfilter netfilter = new FakeNetfilter(host.ledger());
    /// What left the host.
    public final FakeNeighbours neighbours = new FakeNeighbours();
    /// What was looped back without a device.
    public final FakeLinkLayer linkLayer = new FakeLinkLayer();
    /// The control plane.
    public final Ipv4Control control;

    private final FakeServices.Devices devices = new FakeServices.Devices();
    private final FakeServices.Protocols protocols = new FakeServices.Protocols();
    private final FakeServices.Plugs plugs = new FakeServices.Plugs();
    private final Objects objects = new Objects();
    private final ConsumeReason seen = host.ledger().consume("TEST_SEEN", "looked at by a test");

    /// Set up and started.
    public Rig() {
        bind();
        lo.config().flags(DeviceFlags.LOOPBACK | DeviceFlags.NOARP);
        lo.config().mtuRange(68, 65536);
        lo.config().mtu(65536);
        devices.list.addAll(List.of(lo, eth0, eth1));
        control = get(Ipv4Control.class);
        control.start();
        protocols.table[1] = get(IcmpProtocol.class);
        try {
            control.addAddress(eth0, IpPrefix.parse("10.0.0.1/24"));
            control.addAddress(eth1, IpPrefix.parse("10.1.0.1/24"));
            control.addRoute(IpPrefix.parse("0.0.0.0/0"), IpAddress.parse("10.0.0.254"), eth0, 0);
        } catch (NetException e) {
            throw new IllegalStateException(e);
        }
        get(IpHandler.class).start();
    }

    private void bind() {
        objects.bind(Counters.class, host.counters())
                .bind(Sysctls.class, host.sysctls())
                .bind(PacketReasons.class, host.ledger())
                .bind(SkBuffPool.class, host.pool())
                .bind(Clock.class, host.clock())
                .bind(Timers.class, host.timers())
                .bind(Sync.class, host.sync())
                .bind(RandomStreams.class, host.random())
                .bind(Netfilter.class, netfilter)
                .bind(NeighbourTables.class, neighbours)
                .bind(LinkLayer.class, linkLayer)
                .bind(NetDevices.class, devices)
                .bind(InetProtocols.class, protocols)
                .bind(Plugged.class, plugs)
                .bind(Cpus.class, new FakeServices.OneCpu(host.cpu()))
                .bind(ControlLock.class, new FakeServices.Lock());
    }

    /// A part of the module.
    public <T> T get(Class<T> type) {
        return objects.get(type);
    }

    /// The CPU.
    public FakeCpu cpu() {
        return host.cpu();
    }

    /// The value of a counter.
    public long count(String name) {
        return host.counters().value(name);
    }

    /// How often packets were dropped for a reason.
    public long dropped(String reason) {
        return host.ledger().dropped(reason);
    }

    /// Contributes an object to whatever plug points it fits, and starts anew.
    public void plug(Object contribution) {
        plugs.objects.add(contribution);
        get(IpHandler.class).start();
    }

    /// Owns a protocol number with something that keeps what it gets.
    public Keeper keep(int protocol) {
        Keeper k = new Keeper();
        protocols.table[protocol] = k;
        return k;
    }

    /// Owns a protocol number.
    public void protocol(int number, NetProtocol protocol) {
        protocols.table[number] = protocol;
    }

    /// A socket of some operations.
    public InetSock sock(ProtoOps ops, int type, int protocol) {
        FakeSockContext context = new FakeSockContext(host.sync().waitQueue("test"));
        InetSock s = (InetSock) ops.create(
                new SockRequest(context, AddressFamily.INET, type, protocol, new SockSettings(212_992, 212_992)));
        context.attach(s);
        return s;
    }

    /// Receives a packet by eth0 as if for this host's station.
    public void receive(byte[] packet) {
        receive(packet, eth0);
    }

    /// Receives a packet by a device.
    public void receive(byte[] packet, FakeNetDevice by) {
        receive(host.packet(packet), by);
    }

    /// Receives a packet by a device.
    public void receive(SkBuff skb, FakeNetDevice by) {
        skb.dev(by);
        skb.protocol(0x0800);
        skb.resetMacHeader();
        skb.resetNetworkHeader();
        get(IpHandler.class).receive(skb, by, by, cpu());
    }

    /// Takes a device up or down and tells.
    public void up(FakeNetDevice device, boolean up) {
        device.up(up);
        control.changed(device, up ? DeviceEvent.UP : DeviceEvent.DOWN);
    }

    /// What left the host since the last call, as bytes.
    public List<byte[]> sent() {
        return take(neighbours.sent());
    }

    /// The one packet that left the host.
    public byte[] sentOne() {
        List<byte[]> all = sent();
        if (all.size() != 1) {
            throw new AssertionError("expected one packet, got " + all.size() + "; dropped "
                    + host.ledger().dropped());
        }
        return all.getFirst();
    }

    /// Empties a queue of packets.
    public List<byte[]> take(SkBuffQueue queue) {
        List<byte[]> all = new ArrayList<>();
        for (SkBuff skb = queue.poll(); skb != null; skb = queue.poll()) {
            all.add(host.bytes(skb));
            skb.consume(seen, cpu());
        }
        return all;
    }

    /// Ends a packet that the test has looked at.
    public void done(SkBuff skb) {
        skb.consume(seen, cpu());
    }

    /// Drops what waits, then every packet must be gone.
    public void assertNoLeak() {
        get(IpHandler.class).stop();
        take(neighbours.sent());
        take(linkLayer.received());
        host.assertNoLeak();
    }

    /// A protocol that keeps what it gets.
    public static final class Keeper implements NetProtocol {
        /// Packets, transport header first.
        public final SkBuffQueue packets = new SkBuffQueue();
        /// Errors: type, code, errno, MTU.
        public final List<List<Integer>> errors = new ArrayList<>();

        @Override
        public void receive(SkBuff skb, dev.netstack4j.api.runtime.Cpu cpu) {
            packets.addTail(skb);
        }

        @Override
        public void error(SkBuff quoted, InetError e, dev.netstack4j.api.runtime.Cpu cpu) {
            errors.add(List.of(e.type(), e.code(), e.errno(), e.mtu()));
        }
    }
}
