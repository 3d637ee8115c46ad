package dev.netstack4j.core.socket;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockSettings;
import dev.netstack4j.api.socket.SocketOption;
import jakarta.inject.Inject;

/// Options of level SOL_SOCKET with Linux's rules; those of other levels go to the protocol. Called under the socket's
/// ownership.
@Linux("net/core/sock.c#sk_setsockopt")
final class SocketOptions {
    /// The smallest receive buffer: one small packet with its bookkeeping.
    static final int LEAST_RECEIVE = 2304;
    /// The smallest send buffer: two of those.
    static final int LEAST_SEND = 4608;

    private static final int MOST = Integer.MAX_VALUE / 2;
    private static final int OK = 0;

    private final SocketSysctls sysctls;
    private final NetDevices devices;

    @Inject
    SocketOptions(SocketSysctls sysctls, NetDevices devices) {
        this.sysctls = sysctls;
        this.devices = devices;
    }

    // ---- set

    int set(BsdSocket socket, int level, int name, OptionValue value, Cpu cpu) {
        if (level != SocketOption.SOL_SOCKET) {
            return socket.ops().options().set(socket.sock(), level, name, value, cpu);
        }
        int result = setOwn(socket.sock(), name, value, cpu);
        if (result == OK) {
            socket.ops().options().socketOptionSet(socket.sock(), name, cpu);
        }
        return result;
    }

    private int setOwn(Sock sock, int name, OptionValue value, Cpu cpu) {
        SockSettings s = sock.settings();
        return switch (name) {
            case SocketOption.SO_SNDBUF -> sendBuffer(sock, clamp(value.number(), sysctls.sendMax.get()), cpu);
            case SocketOption.SO_RCVBUF -> receiveBuffer(s, clamp(value.number(), sysctls.receiveMax.get()));
            case SocketOption.SO_SNDBUFFORCE -> sendBuffer(sock, clamp(Math.max(0, value.number()), MOST), cpu);
            case SocketOption.SO_RCVBUFFORCE -> receiveBuffer(s, clamp(Math.max(0, value.number()), MOST));
            case SocketOption.SO_RCVLOWAT -> lowWater(s, value.number());
            case SocketOption.SO_RCVTIMEO -> timeout(s, value.number(), true);
            case SocketOption.SO_SNDTIMEO -> timeout(s, value.number(), false);
            case SocketOption.SO_LINGER -> linger(s, value);
            case SocketOption.SO_BINDTODEVICE -> bindToDevice(s, value);
            case SocketOption.SO_MAX_PACING_RATE -> pacing(s, value.number());
            default -> setNumber(s, name, (int) value.number());
        };
    }

    private static int setNumber(SockSettings s, int name, int number) {
        boolean on = number != 0;
        switch (name) {
            case SocketOption.SO_DEBUG -> s.debug = on;
            case SocketOption.SO_REUSEADDR -> s.reuseAddress = on;
            case SocketOption.SO_REUSEPORT -> s.reusePort = on;
            case SocketOption.SO_BROADCAST -> s.broadcast = on;
            case SocketOption.SO_KEEPALIVE -> s.keepAlive = on;
            case SocketOption.SO_OOBINLINE -> s.oobInline = on;
            case SocketOption.SO_DONTROUTE -> s.dontRoute = on;
            case SocketOption.SO_PRIORITY -> s.priority = number;
            case SocketOption.SO_MARK -> s.mark = number;
            default -> {
                return Errno.ENOPROTOOPT.negative();
            }
        }
        return OK;
    }

    // What is asked for is doubled, because bookkeeping is charged too. A negative number counts as a huge one.
    private static int sendBuffer(Sock sock, int asked, Cpu cpu) {
        sock.settings().sendBuffer = Math.max(LEAST_SEND, 2 * asked);
        sock.settings().sendBufferLocked = true;
        sock.writeSpace(cpu);
        return OK;
    }

    private static int receiveBuffer(SockSettings s, int asked) {
        s.receiveBuffer = Math.max(LEAST_RECEIVE, 2 * asked);
        s.receiveBufferLocked = true;
        return OK;
    }

    private static int clamp(long asked, int most) {
        return asked < 0 || asked > most ? most : (int) asked;
    }

    private static int lowWater(SockSettings s, long asked) {
        s.receiveLowWater = asked < 0 ? Integer.MAX_VALUE : (int) Math.max(1, Math.min(asked, Integer.MAX_VALUE));
        return OK;
    }

    // All ones, as 32 or 64 bits, mean no limit.
    private static int pacing(SockSettings s, long bytesPerSecond) {
        s.maxPacingRate = bytesPerSecond < 0 || bytesPerSecond == 0xFFFF_FFFFL ? -1 : bytesPerSecond;
        return OK;
    }

    private static int timeout(SockSettings s, long nanos, boolean receive) {
        if (nanos < 0) {
            return Errno.EINVAL.negative();
        }
        if (receive) {
            s.receiveTimeoutNanos = nanos;
        } else {
            s.sendTimeoutNanos = nanos;
        }
        return OK;
    }

    private static int linger(SockSettings s, OptionValue value) {
        s.lingerSeconds = value.number() == 0 ? -1 : (int) Math.max(0, Math.min(value.second(), Integer.MAX_VALUE));
        return OK;
    }

    private int bindToDevice(SockSettings s, OptionValue value) {
        if (value.text().isEmpty()) {
            s.boundDevice = 0;
            return OK;
        }
        NetDevice device = devices.byName(value.text());
        if (device == null) {
            return Errno.ENODEV.negative();
        }
        s.boundDevice = device.ifIndex();
        return OK;
    }

    // ---- get

    int get(BsdSocket socket, int level, int name, OptionValue into, Cpu cpu) {
        return level == SocketOption.SOL_SOCKET
                ? getOwn(socket, name, into)
                : socket.ops().options().get(socket.sock(), level, name, into, cpu);
    }

    private int getOwn(BsdSocket socket, int name, OptionValue into) {
        SockSettings s = socket.sock().settings();
        switch (name) {
            case SocketOption.SO_LINGER -> {
                into.number(s.lingerSeconds < 0 ? 0 : 1);
                into.second(Math.max(0, s.lingerSeconds));
            }
            case SocketOption.SO_BINDTODEVICE -> {
                NetDevice device = devices.byIndex(s.boundDevice);
                into.text(device == null ? "" : device.name());
            }
            default -> {
                long number = number(socket, name);
                if (number == NONE) {
                    return Errno.ENOPROTOOPT.negative();
                }
                into.number(number);
            }
        }
        return OK;
    }

    private static final long NONE = Long.MIN_VALUE;

    private static long number(BsdSocket socket, int name) {
        Sock sock = socket.sock();
        SockSettings s = sock.settings();
        return switch (name) {
            case SocketOption.SO_ERROR -> sock.takeError();
            case SocketOption.SO_TYPE -> sock.type();
            case SocketOption.SO_DOMAIN -> sock.family().number();
            case SocketOption.SO_PROTOCOL -> sock.protocol();
            case SocketOption.SO_ACCEPTCONN -> one(socket.isListening());
            case SocketOption.SO_SNDBUF -> s.sendBuffer;
            case SocketOption.SO_RCVBUF -> s.receiveBuffer;
            case SocketOption.SO_RCVLOWAT -> s.receiveLowWater;
            case SocketOption.SO_SNDLOWAT -> 1;
            case SocketOption.SO_DEBUG -> one(s.debug);
            case SocketOption.SO_RCVTIMEO -> s.receiveTimeoutNanos;
            case SocketOption.SO_SNDTIMEO -> s.sendTimeoutNanos;
            case SocketOption.SO_REUSEADDR -> one(s.reuseAddress);
            case SocketOption.SO_REUSEPORT -> one(s.reusePort);
            case SocketOption.SO_BROADCAST -> one(s.broadcast);
            case SocketOption.SO_KEEPALIVE -> one(s.keepAlive);
            case SocketOption.SO_OOBINLINE -> one(s.oobInline);
            case SocketOption.SO_DONTROUTE -> one(s.dontRoute);
            case SocketOption.SO_PRIORITY -> s.priority;
            case SocketOption.SO_MARK -> s.mark;
            case SocketOption.SO_MAX_PACING_RATE -> s.maxPacingRate;
            default -> NONE;
        };
    }

    private static int one(boolean on) {
        return on ? 1 : 0;
    }
}
