package dev.netstack4j.proto.udp.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetOptions;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.ProtoOptions;
import dev.netstack4j.api.socket.Sock;

/// Options of IP, and what waits in the queues. UDP has no options of its own yet.
@Linux("net/ipv4/udp.c#udp_ioctl")
final class UdpOptions implements ProtoOptions {
    static final UdpOptions INSTANCE = new UdpOptions();
    private static final int SIOCINQ = 0x541B;
    private static final int SIOCOUTQ = 0x5411;

    private UdpOptions() {}

    @Override
    public int set(Sock sock, int level, int name, OptionValue value, Cpu cpu) {
        return InetOptions.INSTANCE.set(sock, level, name, value, cpu);
    }

    @Override
    public int get(Sock sock, int level, int name, OptionValue into, Cpu cpu) {
        return InetOptions.INSTANCE.get(sock, level, name, into, cpu);
    }

    @Override
    public int ioctl(Sock sock, int request, OptionValue value, Cpu cpu) {
        switch (request) {
            case SIOCINQ -> value.number(UdpReceiving.nextLength(sock));
            case SIOCOUTQ -> value.number(sock.context().writeAllocated());
            default -> {
                return Errno.ENOTTY.negative();
            }
        }
        return 0;
    }
}
