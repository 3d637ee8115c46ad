package dev.netstack4j.bench.scale;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.socket.SystemCalls;
import java.nio.ByteBuffer;

/// SYNs from addresses that do not exist, 100,000 in a second, from the client's host: it shares the processors with
/// all that it disturbs.
final class SynFlood {
    private static final int TCP = 6;
    private static final int PER_SECOND = 100_000;
    private static final int AT_ONCE = 100;
    private static final int FROM = 0xC0A8_0000;
    private static final int SOURCES = 60_000;

    private final ScaleHosts hosts;
    private final byte[] packet;
    private final Message message = new Message();
    private volatile boolean stop;
    private volatile long sent;

    SynFlood(ScaleHosts hosts, int port) {
        this.hosts = hosts;
        packet = syn(port);
    }

    long sent() {
        return sent;
    }

    /// Begins; [#stop] ends it.
    StackRuntime.AppThread begin() {
        return hosts.runtime.start("flood", this::run);
    }

    void stop() {
        stop = true;
    }

    private void run() {
        SystemCalls calls = hosts.client.sockets();
        int fd = Calls.good("socket", calls.socket(AddressFamily.INET.number(), SocketType.RAW, TCP));
        Calls.good("option", calls.setsockopt(fd, SocketOption.SOL_IP, SocketOption.IP_HDRINCL, OptionValue.of(1)));
        InetSockAddress to = ScaleHosts.server(0);
        long begin = System.nanoTime();
        for (long n = 0; !stop; n += AT_ONCE) {
            for (int i = 0; i < AT_ONCE; i++) {
                from((int) ((n + i) % SOURCES));
                sent += calls.sendmsg(
                                        fd,
                                        message.bytes(packet, 0, packet.length).to(to))
                                > 0
                        ? 1
                        : 0;
            }
            long early = begin + n * 1_000_000_000L / PER_SECOND - System.nanoTime();
            if (early > 0) {
                hosts.runtime.pause(early);
            }
        }
        calls.close(fd);
    }

    private void from(int number) {
        ByteBuffer b = ByteBuffer.wrap(packet);
        b.putInt(12, FROM + number).putShort(20, (short) (1024 + number % 30_000));
        b.putInt(24, number * 31).putShort(36, (short) 0);
        int sum = TCP + 20;
        for (int i = 12; i < 40; i += 2) {
            sum += b.getShort(i) & 0xFFFF;
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        b.putShort(36, (short) ~((sum & 0xFFFF) + (sum >>> 16)));
    }

    private static byte[] syn(int port) {
        ByteBuffer b = ByteBuffer.allocate(40);
        b.put((byte) 0x45).put((byte) 0).putShort((short) 40).putInt(0);
        b.put((byte) 64).put((byte) TCP).putShort((short) 0).putInt(FROM).putInt(0x0A00_0002);
        b.putShort((short) 1024).putShort((short) port).putInt(0).putInt(0);
        b.putShort((short) 0x5002).putShort((short) 65535).putInt(0);
        return b.array();
    }
}
