package dev.netstack4j.proto.ipv4;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.device.DeviceNotifier;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.protocol.CongestionMarks;
import dev.netstack4j.api.protocol.InetControl;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.protocol.PacketOffload;
import dev.netstack4j.api.socket.SocketDiag;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.proto.ipv4.accounting.IcmpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.control.Ipv4Control;
import dev.netstack4j.proto.ipv4.family.Ipv4FamilyOps;
import dev.netstack4j.proto.ipv4.family.Sender;
import dev.netstack4j.proto.ipv4.fragment.Assembler;
import dev.netstack4j.proto.ipv4.fragment.Reassembly;
import dev.netstack4j.proto.ipv4.icmp.EchoReply;
import dev.netstack4j.proto.ipv4.icmp.IcmpErrors;
import dev.netstack4j.proto.ipv4.icmp.IcmpLimits;
import dev.netstack4j.proto.ipv4.icmp.IcmpProtocol;
import dev.netstack4j.proto.ipv4.icmp.IcmpSender;
import dev.netstack4j.proto.ipv4.icmp.IncomingErrors;
import dev.netstack4j.proto.ipv4.input.Forwarding;
import dev.netstack4j.proto.ipv4.input.Groups;
import dev.netstack4j.proto.ipv4.input.HeaderCheck;
import dev.netstack4j.proto.ipv4.input.InputRoutes;
import dev.netstack4j.proto.ipv4.input.IpHandler;
import dev.netstack4j.proto.ipv4.input.LocalDelivery;
import dev.netstack4j.proto.ipv4.input.ProtocolCall;
import dev.netstack4j.proto.ipv4.offload.Ipv4Offload;
import dev.netstack4j.proto.ipv4.output.FragmentCopier;
import dev.netstack4j.proto.ipv4.output.Fragmenter;
import dev.netstack4j.proto.ipv4.output.GroupCopies;
import dev.netstack4j.proto.ipv4.output.HeaderWriter;
import dev.netstack4j.proto.ipv4.output.Identifiers;
import dev.netstack4j.proto.ipv4.output.IpOutput;
import dev.netstack4j.proto.ipv4.output.Ipv4Marks;
import dev.netstack4j.proto.ipv4.output.LastStep;
import dev.netstack4j.proto.ipv4.output.PieceCutter;
import dev.netstack4j.proto.ipv4.raw.DatagramCalls;
import dev.netstack4j.proto.ipv4.raw.PacketMaker;
import dev.netstack4j.proto.ipv4.raw.PingOps;
import dev.netstack4j.proto.ipv4.raw.PingSockets;
import dev.netstack4j.proto.ipv4.raw.RawDiag;
import dev.netstack4j.proto.ipv4.raw.RawOps;
import dev.netstack4j.proto.ipv4.raw.RawSockets;
import dev.netstack4j.proto.ipv4.route.DstCache;
import dev.netstack4j.proto.ipv4.route.DstPaths;
import dev.netstack4j.proto.ipv4.route.Generation;
import dev.netstack4j.proto.ipv4.route.PathMtus;
import dev.netstack4j.proto.ipv4.route.Routes;
import java.lang.invoke.MethodHandles;
import java.util.List;

/// Contributes IPv4: its EtherType, the network layer for transports, ICMP, addresses and routes, raw and ping sockets.
public final class Ipv4Module implements StackModule {
    /// The parts that the contributions share, one object of each per stack.
    private static final List<Class<?>> PARTS = List.of(
            IpCounters.class,
            IcmpCounters.class,
            IpReasons.class,
            DstPaths.class,
            Ipv4Offload.class,
            Generation.class,
            PathMtus.class,
            DstCache.class,
            Routes.class,
            Identifiers.class,
            LastStep.class,
            PieceCutter.class,
            FragmentCopier.class,
            Fragmenter.class,
            GroupCopies.class,
            IpOutput.class,
            HeaderWriter.class,
            Sender.class,
            IcmpLimits.class,
            IcmpSender.class,
            IcmpErrors.class,
            EchoReply.class,
            IncomingErrors.class,
            Assembler.class,
            Reassembly.class,
            Groups.class,
            HeaderCheck.class,
            InputRoutes.class,
            ProtocolCall.class,
            LocalDelivery.class,
            Forwarding.class,
            RawSockets.class,
            PingSockets.class,
            DatagramCalls.class,
            PacketMaker.class);

    /// Called by the service loader.
    public Ipv4Module() {}

    @Override
    public String name() {
        return "proto-ipv4";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        PARTS.forEach(part -> share(c, part));
        c.packetType(EtherType.IPV4, IpHandler.class);
        c.plug(PacketOffload.LINK, PacketOffload.key(EtherType.IPV4), OptionSchema.NONE, Ipv4Offload.class);
        c.inetFamily(AddressFamily.INET, Ipv4FamilyOps.class);
        c.netProtocol(AddressFamily.INET, IpProtocol.ICMP, IcmpProtocol.class);
        c.socket(AddressFamily.INET, SocketType.RAW, Contributions.ANY_PROTOCOL, RawOps.class);
        c.socket(AddressFamily.INET, SocketType.DGRAM, IpProtocol.ICMP, PingOps.class);
        c.plug(SocketDiag.POINT, "raw", OptionSchema.NONE, RawDiag.class);
        c.plug(InetControl.POINT, InetControl.key(AddressFamily.INET), OptionSchema.NONE, Ipv4Control.class);
        c.plug(CongestionMarks.POINT, CongestionMarks.key(EtherType.IPV4), OptionSchema.NONE, Ipv4Marks.class);
        c.plug(DeviceNotifier.POINT, "ipv4", OptionSchema.NONE, Ipv4Control.class);
    }

    private static <T> void share(Contributions c, Class<T> part) {
        c.service(part, part);
    }
}
