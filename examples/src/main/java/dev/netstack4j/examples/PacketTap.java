package dev.netstack4j.examples;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.link.PacketTypes;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Lesson 5: a tap, as tcpdump uses it, added to a running stack. It gets a clone of every frame of a device, in both
/// directions.
public final class PacketTap implements PacketHandler {
    private final ConsumeReason seen;
    private final List<String> lines = new ArrayList<>();

    private PacketTap(Stack stack) {
        seen = stack.packets().ledger().consume("TAPPED", "looked at by a tap");
    }

    /// Prints the frames of an exchange of datagrams.
    public static void main(String[] args) throws AssemblyException, NetException {
        try (StackRuntime runtime = StackFactory.find().realTime()) {
            run(runtime).forEach(System.out::println);
        }
    }

    static List<String> run(StackRuntime runtime) throws AssemblyException, NetException {
        try (Stack a = Hosts.host("A", runtime);
                Stack b = Hosts.host("B", runtime)) {
            NetDevice device = Hosts.plug(a, "tapped", "10.0.0.1/24");
            Hosts.plug(b, "tapped", "10.0.0.2/24");
            Hosts.awaitLinks(a, b);
            PacketTap tap = new PacketTap(a);
            Registration r = a.service(PacketTypes.class).add(EtherType.ALL, device, tap, "lesson 5");
            runtime.start("application", () -> talk(a, b)).join();
            r.close(); // from here on the tap does not run
            return List.copyOf(tap.lines);
        }
    }

    @Override
    public void receive(SkBuff skb, NetDevice device, NetDevice original, Cpu cpu) {
        int header = skb.macHeader();
        lines.add(String.format(
                "%s %s > %s type %04x, %d bytes",
                skb.kind() == PacketKind.OUTGOING ? "out" : "in ",
                MacAddress.of(EthernetHeader.source(skb, header)),
                MacAddress.of(EthernetHeader.destination(skb, header)),
                EthernetHeader.type(skb, header),
                skb.length() + skb.data() - header));
        skb.consume(seen, cpu);
    }

    private static void talk(Stack a, Stack b) {
        InetSockAddress addressA = InetSockAddress.of("10.0.0.1", 4000);
        InetSockAddress addressB = InetSockAddress.of("10.0.0.2", 4000);
        try (DatagramPort portA = DatagramPort.bind(a.sockets(), addressA);
                DatagramPort portB = DatagramPort.bind(b.sockets(), addressB)) {
            byte[] bytes = new byte[100];
            portA.send(bytes, 0, 100, addressB);
            portB.receive(bytes, 0, 100);
            portB.send(bytes, 0, 50, addressA);
            portA.receive(bytes, 0, 100);
        } catch (NetException e) {
            throw new UncheckedIOException(e);
        }
    }
}
