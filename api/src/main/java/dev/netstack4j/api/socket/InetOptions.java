package dev.netstack4j.api.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.runtime.Cpu;

/// The options of level SOL_IP that every socket over IPv4 has; a protocol's own options hand what they do not know to
/// it. Stateless.
@Linux("net/ipv4/ip_sockglue.c#do_ip_setsockopt")
public final class InetOptions implements ProtoOptions {
    /// The only one needed.
    public static final InetOptions INSTANCE = new InetOptions();

    private static final int DEFAULT_TTL = 64;
    private static final int MOST_MTU_DISCOVER = 5;

    private InetOptions() {}

    /// The scheduling priority that a type of service stands for.
    @Linux("net/ipv4/route.c#ip_tos2prio")
    public static int priorityOf(int tos) {
        return switch (tos >> 3 & 3) {
            case 1 -> 2;
            case 2 -> 6;
            case 3 -> 4;
            default -> 0;
        };
    }

    @Override
    public int set(Sock sock, int level, int name, OptionValue value, Cpu cpu) {
        if (level != SocketOption.SOL_IP || !(sock instanceof InetSock s)) {
            return Errno.ENOPROTOOPT.negative();
        }
        long n = value.number();
        return switch (name) {
            case SocketOption.IP_TOS -> setTos(s, n);
            case SocketOption.IP_TTL ->
                n == -1 || n >= 1 && n <= 255 ? done(() -> s.ttl((int) n)) : Errno.EINVAL.negative();
            case SocketOption.IP_MULTICAST_TTL ->
                n >= -1 && n <= 255 ? done(() -> s.multicastTtl(n == -1 ? 1 : (int) n)) : Errno.EINVAL.negative();
            case SocketOption.IP_MTU_DISCOVER ->
                n >= 0 && n <= MOST_MTU_DISCOVER ? done(() -> s.mtuDiscover((int) n)) : Errno.EINVAL.negative();
            case SocketOption.IP_RECVERR -> {
                s.receiveErrors(n != 0);
                yield 0;
            }
            case SocketOption.IP_HDRINCL -> setHeaderIncluded(s, n);
            default -> setAddressing(s, name, n);
        };
    }

    private static int setAddressing(InetSock s, int name, long n) {
        return switch (name) {
            case SocketOption.IP_FREEBIND -> done(() -> s.freeBind(n != 0));
            case SocketOption.IP_BIND_ADDRESS_NO_PORT -> done(() -> s.bindAddressNoPort(n != 0));
            case SocketOption.IP_MINTTL -> n >= 0 && n <= 255 ? done(() -> s.minTtl((int) n)) : Errno.EINVAL.negative();
            case SocketOption.IP_LOCAL_PORT_RANGE -> setPortRange(s, (int) n);
            default -> Errno.ENOPROTOOPT.negative();
        };
    }

    private static int setTos(InetSock s, long tos) {
        s.tos((int) tos & 0xFF);
        s.settings().priority = priorityOf((int) tos);
        return 0;
    }

    private static int setPortRange(InetSock s, int range) {
        int low = range & 0xFFFF;
        int high = range >>> 16;
        if (low != 0 && high != 0 && low > high) {
            return Errno.EINVAL.negative();
        }
        s.localPortRange(range);
        return 0;
    }

    private static int setHeaderIncluded(InetSock s, long n) {
        if (s.type() != SocketType.RAW) {
            return Errno.ENOPROTOOPT.negative();
        }
        s.headerIncluded(n != 0);
        return 0;
    }

    private static int done(Runnable set) {
        set.run();
        return 0;
    }

    @Override
    public int get(Sock sock, int level, int name, OptionValue into, Cpu cpu) {
        if (level != SocketOption.SOL_IP || !(sock instanceof InetSock s)) {
            return Errno.ENOPROTOOPT.negative();
        }
        switch (name) {
            case SocketOption.IP_TOS -> into.number(s.tos());
            case SocketOption.IP_TTL -> into.number(s.ttl() < 0 ? DEFAULT_TTL : s.ttl());
            case SocketOption.IP_MULTICAST_TTL -> into.number(s.multicastTtl());
            case SocketOption.IP_MTU_DISCOVER -> into.number(s.mtuDiscover());
            case SocketOption.IP_RECVERR -> into.number(s.receiveErrors() ? 1 : 0);
            case SocketOption.IP_HDRINCL -> into.number(s.headerIncluded() ? 1 : 0);
            case SocketOption.IP_FREEBIND -> into.number(s.freeBind() ? 1 : 0);
            case SocketOption.IP_BIND_ADDRESS_NO_PORT -> into.number(s.bindAddressNoPort() ? 1 : 0);
            case SocketOption.IP_MINTTL -> into.number(s.minTtl());
            case SocketOption.IP_LOCAL_PORT_RANGE -> into.number(s.localPortRange());
            case SocketOption.IP_MTU -> {
                Dst dst = s.dst();
                if (dst == null) {
                    return Errno.ENOTCONN.negative();
                }
                into.number(dst.mtu());
            }
            default -> {
                return Errno.ENOPROTOOPT.negative();
            }
        }
        return 0;
    }
}
