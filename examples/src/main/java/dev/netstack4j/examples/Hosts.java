package dev.netstack4j.examples;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import java.io.UncheckedIOException;
import java.util.Map;

/// What several lessons begin with: hosts with network cards on cables. Two ends of a cable have the same name.
final class Hosts {
    private Hosts() {}

    /// A builder that has found every module.
    static StackBuilder builder(String name, StackRuntime runtime) {
        ModuleLayer layer = Hosts.class.getModule().getLayer();
        StackBuilder b = StackFactory.find().builder().name(name).runtime(runtime);
        return layer == null ? b.discover(Hosts.class.getClassLoader()) : b.discover(layer);
    }

    /// A host without a card, with modules of the lesson's own.
    static Stack host(String name, StackRuntime runtime, StackModule... own) throws AssemblyException {
        StackBuilder b = builder(name, runtime);
        for (StackModule m : own) {
            b.with(m);
        }
        return b.build();
    }

    /// A card on a cable, up.
    static NetDevice plug(Stack host, String cable) throws NetException {
        Wire wire = host.hardware().wire("cable", Map.of("name", cable));
        NetDevice device = host.hardware().plug("emulated", "82540em", Map.of(), wire);
        host.links().up(device);
        return device;
    }

    /// The same with an address.
    static NetDevice plug(Stack host, String cable, String address) throws NetException {
        NetDevice device = plug(host, cable);
        host.ipv4().addAddress(device, IpPrefix.parse(address));
        return device;
    }

    /// Returns when all cards of these hosts have seen their link: what is sent earlier is lost.
    static void awaitLinks(Stack... hosts) {
        StackRuntime runtime = hosts[0].runtime();
        runtime.start("links", () -> {
                    for (Stack host : hosts) {
                        for (NetDevice d : host.links().all()) {
                            while (d.isUp() && !d.hasCarrier()) {
                                runtime.pause(1_000_000);
                            }
                        }
                    }
                })
                .join();
    }

    /// Sends a datagram from one host to another and returns when it was received.
    static void sendDatagram(Stack from, Stack to, String address) {
        from.runtime()
                .start("application", () -> {
                    InetSockAddress there = InetSockAddress.of(address, 9);
                    try (DatagramPort sender =
                                    DatagramPort.bind(from.sockets(), InetSockAddress.of(IpAddress.ANY_V4, 0));
                            DatagramPort receiver = DatagramPort.bind(to.sockets(), there)) {
                        sender.send(new byte[100], 0, 100, there);
                        receiver.receive(new byte[100], 0, 100);
                    } catch (NetException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .join();
    }
}
