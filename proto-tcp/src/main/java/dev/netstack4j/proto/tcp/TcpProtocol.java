package dev.netstack4j.proto.tcp;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.InetError;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.socket.TcpStack;
import jakarta.inject.Inject;

/// Protocol 6 over IPv4.
@Linux("net/ipv4/af_inet.c#tcp_protocol")
final class TcpProtocol implements NetProtocol {
    private final TcpStack tcp;

    @Inject
    TcpProtocol(TcpStack tcp) {
        this.tcp = tcp;
    }

    @Override
    public void receive(SkBuff skb, Cpu cpu) {
        tcp.entry().receive(skb, cpu);
    }

    @Override
    public void earlyDemux(SkBuff skb, Cpu cpu) {
        tcp.entry().earlyDemux(skb, cpu);
    }

    @Override
    public void error(SkBuff quoted, InetError error, Cpu cpu) {
        tcp.errors().receive(quoted, error, cpu);
    }
}
