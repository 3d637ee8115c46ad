package dev.netstack4j.proto.tcp;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.protocol.PacketOffload;
import dev.netstack4j.api.socket.SocketDiag;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.proto.tcp.congestion.CubicOps;
import dev.netstack4j.proto.tcp.congestion.RenoOps;
import dev.netstack4j.proto.tcp.offload.TcpOffload;
import dev.netstack4j.proto.tcp.socket.TcpDiag;
import dev.netstack4j.proto.tcp.socket.TcpProtoOps;
import dev.netstack4j.proto.tcp.socket.TcpStack;
import java.lang.invoke.MethodHandles;

/// What this module contributes: protocol 6, stream sockets, Reno and CUBIC.
public final class TcpModule implements StackModule {
    /// Found by the service loader.
    public TcpModule() {}

    @Override
    public String name() {
        return "proto-tcp";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.service(TcpStack.class, TcpStack.class);
        c.netProtocol(AddressFamily.INET, IpProtocol.TCP, TcpProtocol.class);
        String offload = PacketOffload.key(AddressFamily.INET, IpProtocol.TCP);
        c.plug(PacketOffload.INET, offload, OptionSchema.NONE, TcpOffload.class);
        c.socket(AddressFamily.INET, SocketType.STREAM, IpProtocol.TCP, TcpProtoOps.class);
        c.plug(SocketDiag.POINT, "tcp", OptionSchema.NONE, TcpDiag.class);
        c.congestionControl("reno", RenoOps.class);
        c.congestionControl("cubic", CubicOps.class);
    }
}
