package dev.netstack4j.core.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockFactory;
import dev.netstack4j.api.socket.SockRequest;
import dev.netstack4j.api.socket.SockSettings;
import jakarta.inject.Inject;

/// Makes core's part of sockets.
final class SockMaker implements SockFactory {
    private final SocketRuntime runtime;
    private final SocketSysctls sysctls;

    @Inject
    SockMaker(SocketRuntime runtime, SocketSysctls sysctls) {
        this.runtime = runtime;
        this.sysctls = sysctls;
    }

    @Override
    public SockRequest child(Sock listener) {
        SockSettings settings = copy(listener.settings());
        return request(listener.family(), listener.type(), listener.protocol(), settings);
    }

    @Override
    public SockRequest internal(AddressFamily family, int type, int protocol) {
        SockSettings settings = new SockSettings(sysctls.receiveDefault.get(), sysctls.sendDefault.get());
        return request(family, type, protocol, settings);
    }

    private SockRequest request(AddressFamily family, int type, int protocol, SockSettings settings) {
        return new SockRequest(new SockState(runtime, settings), family, type, protocol, settings);
    }

    private static SockSettings copy(SockSettings from) {
        SockSettings s = new SockSettings(from.receiveBuffer, from.sendBuffer);
        s.receiveBufferLocked = from.receiveBufferLocked;
        s.sendBufferLocked = from.sendBufferLocked;
        s.reuseAddress = from.reuseAddress;
        s.reusePort = from.reusePort;
        s.broadcast = from.broadcast;
        s.keepAlive = from.keepAlive;
        s.oobInline = from.oobInline;
        s.dontRoute = from.dontRoute;
        s.lingerSeconds = from.lingerSeconds;
        s.priority = from.priority;
        s.mark = from.mark;
        s.maxPacingRate = from.maxPacingRate;
        s.boundDevice = from.boundDevice;
        s.receiveLowWater = from.receiveLowWater;
        s.receiveTimeoutNanos = from.receiveTimeoutNanos;
        s.sendTimeoutNanos = from.sendTimeoutNanos;
        return s;
    }
}
