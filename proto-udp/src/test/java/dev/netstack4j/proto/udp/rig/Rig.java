package dev.netstack4j.proto.udp.rig;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.protocol.InetControl;
import dev.netstack4j.api.protocol.InetFamilies;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.SockRequest;
import dev.netstack4j.api.socket.SockSettings;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.proto.udp.demux.UdpSock;
import dev.netstack4j.proto.udp.input.UdpProtocol;
import dev.netstack4j.proto.udp.socket.UdpOps;
import dev.netstack4j.testkit.fake.FakeNetDevice;
import dev.netstack4j.testkit.fake.FakeSockContext;
import dev.netstack4j.testkit.fake.TestHost;
import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// UDP on a host 10.0.0.1.
public final class Rig {
    /// Everything below and around.
    public final TestHost host = new TestHost();
    /// The device that datagrams come by.
    public final FakeNetDevice eth0 = new FakeNetDevice("eth0", 2);
    /// The network layer.
    public final FakeNetwork network = new FakeNetwork(eth0);
    /// The sockets' operations.
    public final UdpOps ops;

    private final Map<Class<?>, Object> objects = new LinkedHashMap<>();
    private final ConsumeReason seen = host.ledger().consume("TEST_SEEN", "looked at by a test");

    /// Set up.
    public Rig() {
        objects.put(Counters.class, host.counters());
        objects.put(Sysctls.class, host.sysctls());
        objects.put(PacketReasons.class, host.ledger());
        objects.put(SkBuffPool.class, host.pool());
        objects.put(Sync.class, host.sync());
        objects.put(RandomStreams.class, host.random());
        objects.put(Cpus.class, new OneCpu(host.cpu()));
        objects.put(InetFamilies.class, new OneFamily(network));
        ops = get(UdpOps.class);
    }

    /// A part of the module, made through its `@Inject` constructor.
    public <T> T get(Class<T> type) {
        Object known = objects.get(type);
        if (known == null) {
            known = make(type);
            objects.put(type, known);
        }
        return type.cast(known);
    }

    private Object make(Class<?> type) {
        for (Constructor<?> c : type.getDeclaredConstructors()) {
            if (c.isAnnotationPresent(Inject.class)) {
                Object[] arguments = new Object[c.getParameterCount()];
                for (int i = 0; i < arguments.length; i++) {
                    arguments[i] = get(c.getParameterTypes()[i]);
                }
                try {
                    return c.newInstance(arguments);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        throw new IllegalStateException(type + " is not bound");
    }

    /// The CPU.
    public Cpu cpu() {
        return host.cpu();
    }

    /// A new socket.
    public UdpSock sock() {
        FakeSockContext context = new FakeSockContext(host.sync().waitQueue("test"));
        UdpSock s = (UdpSock)
                ops.create(new SockRequest(context, AddressFamily.INET, 2, 17, new SockSettings(212_992, 212_992)));
        context.attach(s);
        return s;
    }

    /// A new socket, bound.
    public UdpSock bound(String address, int port) {
        UdpSock s = sock();
        int result = ops.bind(s, InetSockAddress.of(address, port), cpu());
        if (result != 0) {
            throw new AssertionError("bind to " + address + ":" + port + " gave " + result);
        }
        return s;
    }

    /// A new socket, bound and connected.
    public UdpSock connected(String address, int port, String peer, int peerPort) {
        UdpSock s = bound(address, port);
        int result = ops.connect(s, InetSockAddress.of(peer, peerPort), cpu());
        if (result != 0) {
            throw new AssertionError("connect gave " + result);
        }
        return s;
    }

    /// A UDP datagram in an IPv4 packet, checksum right.
    public static byte[] datagram(String from, int fromPort, String to, int toPort, byte[] data) {
        int length = 8 + data.length;
        ByteBuffer b = ByteBuffer.allocate(20 + length);
        b.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) b.capacity())
                .putInt(0)
                .put((byte) 64)
                .put((byte) 17)
                .putShort((short) 0);
        b.putInt(IpAddress.parse(from).v4Bits()).putInt(IpAddress.parse(to).v4Bits());
        b.putShort((short) fromPort)
                .putShort((short) toPort)
                .putShort((short) length)
                .putShort((short) 0)
                .put(data);
        int sum = sum(b.array(), 12, b.capacity() - 12) + 17 + length;
        sum = (sum & 0xFFFF) + (sum >>> 16);
        sum = ~((sum & 0xFFFF) + (sum >>> 16)) & 0xFFFF;
        b.putShort(26, (short) (sum == 0 ? 0xFFFF : sum));
        return b.array();
    }

    /// The ones' complement sum, the slow way.
    public static int sum(byte[] b, int from, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (b[from + i] & 0xFF) << ((i & 1) == 0 ? 8 : 0);
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return sum;
    }

    /// A packet in the state in which IP hands it over.
    public SkBuff fromIp(byte[] packet) {
        SkBuff skb = host.packet(packet);
        skb.dev(eth0);
        skb.dst(network.route());
        skb.resetNetworkHeader();
        skb.pull(20);
        skb.resetTransportHeader();
        return skb;
    }

    /// Receives a datagram.
    public void receive(byte[] packet) {
        get(UdpProtocol.class).receive(fromIp(packet), cpu());
    }

    /// Receives a datagram of a frame of that kind.
    public void receive(byte[] packet, PacketKind kind) {
        SkBuff skb = fromIp(packet);
        skb.kind(kind);
        get(UdpProtocol.class).receive(skb, cpu());
    }

    /// Reads the next datagram of a socket as text; null when there is none.
    public @Nullable String read(UdpSock s) {
        byte[] buffer = new byte[65536];
        int n = ops.recvmsg(s, new Message().bytes(buffer, 0, buffer.length), 0, cpu());
        return n < 0 ? null : new String(buffer, 0, n, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /// A datagram with text from 10.0.0.2:5000 to 10.0.0.1.
    public void receiveText(String text, int toPort) {
        receive(datagram(
                "10.0.0.2", 5000, "10.0.0.1", toPort, text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    }

    /// The next sent datagram, UDP header first.
    public byte[] sent() {
        SkBuff skb = network.sent.poll();
        if (skb == null) {
            throw new AssertionError("nothing was sent");
        }
        byte[] bytes = host.bytes(skb);
        skb.consume(seen, cpu());
        return bytes;
    }

    /// Ends a packet.
    public void done(SkBuff skb) {
        skb.consume(seen, cpu());
    }

    private record OneCpu(Cpu cpu) implements Cpus {
        @Override
        public int count() {
            return 1;
        }

        @Override
        public Cpu enter() {
            return cpu;
        }

        @Override
        public void leave(Cpu left) {}

        @Override
        public void synchronizeNet() {}

        @Override
        public void raiseOn(int cpuId, SoftIrqVector vector) {}

        @Override
        public CpuIdle idle(int cpuId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void idleWith(int cpuId, CpuIdle idle) {}
    }

    private record OneFamily(InetFamilyOps inet) implements InetFamilies {
        @Override
        public InetFamilyOps find(AddressFamily family) {
            return inet;
        }

        @Override
        public @Nullable InetControl control(AddressFamily family) {
            return null;
        }
    }
}
