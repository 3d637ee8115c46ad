package dev.netstack4j.proto.tcp.net;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.congestion.CongestionOps;
import dev.netstack4j.api.protocol.InetControl;
import dev.netstack4j.api.protocol.InetFamilies;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.api.runtime.SoftIrqs;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.ProtoOps;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockFactory;
import dev.netstack4j.api.socket.SockRequest;
import dev.netstack4j.api.socket.SockSettings;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.spi.PlugPoint;
import dev.netstack4j.api.spi.Plugged;
import dev.netstack4j.proto.tcp.congestion.CubicOps;
import dev.netstack4j.proto.tcp.congestion.RenoOps;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.socket.TcpProtoOps;
import dev.netstack4j.proto.tcp.socket.TcpStack;
import dev.netstack4j.testkit.fake.FakeTime;
import dev.netstack4j.testkit.fake.TestHost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One host with TCP.
public final class Node {
    /// Services.
    public final TestHost host = new TestHost();
    /// The layer below.
    public final TestNetwork network;
    /// TCP.
    public final TcpStack tcp;
    /// Socket operations.
    public final ProtoOps ops;
    /// Where it is.
    public final IpAddress address;
    private SoftIrqs.@Nullable Action tasklet;

    Node(IpAddress address, Wire out) {
        this.address = address;
        network = new TestNetwork(host, address, out);
        InetFamilies families = new Families();
        tcp = new TcpStack(
                new OneCpu(),
                host.timers(),
                host.sync(),
                host.random(),
                host.pool(),
                host.ledger(),
                host.counters(),
                host.sysctls(),
                (vector, action) -> tasklet = action,
                families,
                new Kinds(),
                new Factory());
        tcp.start();
        ops = new TcpProtoOps(tcp, families);
    }

    private final class Families implements InetFamilies {
        @Override
        public @Nullable InetFamilyOps find(AddressFamily family) {
            return network;
        }

        @Override
        public @Nullable InetControl control(AddressFamily family) {
            return null;
        }
    }

    private static final class Kinds implements Plugged {
        @Override
        public <T> @Nullable T find(PlugPoint<T> point, String key) {
            CongestionOps ops = key.equals("reno") ? new RenoOps() : key.equals("cubic") ? new CubicOps() : null;
            return point.type().cast(ops);
        }

        @Override
        public <T> List<T> all(PlugPoint<T> point) {
            return List.of();
        }

        @Override
        public List<String> keys(PlugPoint<?> point) {
            return List.of("reno", "cubic");
        }
    }

    private final class OneCpu implements Cpus {
        @Override
        public int count() {
            return 1;
        }

        @Override
        public Cpu enter() {
            return host.cpu();
        }

        @Override
        public void leave(Cpu cpu) {}

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

    private static final class Factory implements SockFactory {
        @Override
        public SockRequest child(Sock listener) {
            SockSettings l = listener.settings();
            SockSettings s = new SockSettings(l.receiveBuffer, l.sendBuffer);
            s.receiveBufferLocked = l.receiveBufferLocked;
            s.sendBufferLocked = l.sendBufferLocked;
            s.lingerSeconds = l.lingerSeconds;
            s.keepAlive = l.keepAlive;
            s.reuseAddress = l.reuseAddress;
            return request(s);
        }

        @Override
        public SockRequest internal(AddressFamily family, int type, int protocol) {
            return request(new SockSettings(212992, 212992));
        }

        private static SockRequest request(SockSettings s) {
            return new SockRequest(new TestContext(), AddressFamily.INET, SocketType.STREAM, IpProtocol.TCP, s);
        }
    }

    /// The CPU.
    public Cpu cpu() {
        return host.cpu();
    }

    long now() {
        return host.clock().nanos();
    }

    long nextTimer() {
        return ((FakeTime) host.timers()).nextDeadline();
    }

    void moveTo(long nanos) {
        if (nanos > now()) {
            host.advance(nanos - now());
        } else {
            host.advance(0);
        }
        softirq();
    }

    /// Runs what was raised.
    public void softirq() {
        SoftIrqs.Action t = tasklet;
        if (t != null && host.cpu().take(SoftIrqVector.TASKLET)) {
            t.run(cpu());
        }
    }

    /// A packet with its network header arrives.
    public void arrive(byte[] packet) {
        arrive(packet, ChecksumOffload.NONE);
    }

    /// Whether the device checked the checksum.
    public enum ChecksumOffload {
        NONE,
        GOOD
    }

    void arrive(byte[] packet, ChecksumOffload offload) {
        SkBuff skb = host.packet(packet);
        skb.protocol(0x0800);
        skb.dst(network.dst);
        skb.dev(TestDevices.ETH0);
        skb.resetNetworkHeader();
        skb.pull(TestNetwork.HEADER);
        skb.resetTransportHeader();
        if (offload == ChecksumOffload.GOOD) {
            skb.checksumState(dev.netstack4j.api.buffer.ChecksumState.UNNECESSARY);
        }
        tcp.entry().receive(skb, cpu());
        softirq();
    }

    // ---- socket calls, each under ownership as core makes them

    /// A new socket.
    public TcpSock socket() {
        return (TcpSock) ops.create(new SockRequest(
                new TestContext(),
                AddressFamily.INET,
                SocketType.STREAM,
                IpProtocol.TCP,
                new SockSettings(212992, 212992)));
    }

    private void own(TcpSock s) {
        if (!s.context().tryOwn(cpu())) {
            throw new IllegalStateException("owned");
        }
    }

    private <T> T done(TcpSock s, T result) {
        s.context().release(cpu());
        softirq();
        return result;
    }

    public int bind(TcpSock s, int port) {
        own(s);
        return done(s, ops.bind(s, InetSockAddress.of(IpAddress.ANY_V4, port), cpu()));
    }

    /// A socket that listens.
    public TcpSock listen(int port, int backlog) {
        TcpSock s = socket();
        s.settings().reuseAddress = true;
        int bound = bind(s, port);
        own(s);
        int result = done(s, bound < 0 ? bound : ops.listen(s, backlog, cpu()));
        if (result < 0) {
            throw new IllegalStateException("listen: " + result);
        }
        return s;
    }

    public int connect(TcpSock s, IpAddress to, int port) {
        own(s);
        return done(s, ops.connect(s, InetSockAddress.of(to, port), cpu()));
    }

    public @Nullable TcpSock accept(TcpSock listener) {
        own(listener);
        return done(listener, (TcpSock) ops.accept(listener, cpu()));
    }

    public int write(TcpSock s, byte[] bytes, int offset, int length, int flags) {
        own(s);
        return done(s, ops.sendmsg(s, new Message().bytes(bytes, offset, length).flags(flags), 1 << 16, cpu()));
    }

    public int write(TcpSock s, byte[] bytes) {
        return write(s, bytes, 0, bytes.length, 0);
    }

    public int read(TcpSock s, byte[] bytes, int flags) {
        own(s);
        return done(
                s, ops.recvmsg(s, new Message().bytes(bytes, 0, bytes.length).flags(flags), 1 << 16, cpu()));
    }

    public int shutdown(TcpSock s, int how) {
        own(s);
        return done(s, ops.shutdown(s, how, cpu()));
    }

    public void close(TcpSock s) {
        own(s);
        s.orphan();
        ops.release(s, cpu());
        done(s, 0);
    }

    public int option(TcpSock s, int name, long value) {
        own(s);
        return done(s, ops.options().set(s, SocketOption.SOL_TCP, name, OptionValue.of(value), cpu()));
    }

    public OptionValue option(TcpSock s, int name) {
        own(s);
        OptionValue v = new OptionValue();
        ops.options().get(s, SocketOption.SOL_TCP, name, v, cpu());
        return done(s, v);
    }

    public long ioctl(TcpSock s, int request) {
        own(s);
        OptionValue v = new OptionValue();
        ops.options().ioctl(s, request, v, cpu());
        return done(s, v.number());
    }

    /// A counter's value.
    public long count(String name) {
        return host.counters().value(name);
    }
}
