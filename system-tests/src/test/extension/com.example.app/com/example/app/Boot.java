package com.example.app;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.qdisc.Qdiscs;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// `loader`: finds modules through the class loader. `boot`: in the boot layer. `layer JAR NAME`: in the boot layer and
/// in a layer that is made at run time.
final class Boot {
    private Boot() {}

    public static void main(String[] args) throws Exception {
        try (VirtualRuntime runtime = StackFactory.find().virtualTime(1)) {
            run(runtime, args);
        } catch (AssemblyException e) {
            e.problems().forEach(p -> System.out.println("PROBLEM " + p));
        }
    }

    private static void run(VirtualRuntime runtime, String[] args) throws Exception {
        try (Stack a = host(runtime, 1, args);
                Stack b = host(runtime, 2, args)) {
            a.modules().forEach(m -> System.out.println("MODULE " + m.name() + " " + m.version()));
            runtime.advance(5_000_000_000L);
            NetDevice out = a.device("eth0");
            Qdiscs qdiscs = a.service(Qdiscs.class);
            qdiscs.replace(out, "example", qdiscs.options("example").build());
            AppThread receiver = runtime.start("receiver", () -> receive(b));
            AppThread sender = runtime.start("sender", () -> send(a));
            sender.join();
            receiver.join();
            System.out.println("QDISC " + qdiscs.kind(out));
            System.out.println("NAMED " + Stack.class.getModule().isNamed());
        }
    }

    private static Stack host(VirtualRuntime runtime, int number, String[] args) throws Exception {
        StackBuilder builder = StackFactory.find()
                .builder()
                .name("host" + number)
                .runtime(runtime)
                .memory(16 << 20);
        switch (args[0]) {
            case "loader" -> builder.discover(Boot.class.getClassLoader());
            case "boot" -> builder.discover(ModuleLayer.boot());
            default -> builder.discover(layer(Path.of(args[1]), args[2]));
        }
        Stack stack = builder.build();
        NetDevice card = stack.hardware()
                .plug("emulated", "82540em", Map.of(), stack.hardware().wire("cable", Map.of("name", "c")));
        stack.ipv4().addAddress(card, IpPrefix.parse("10.0.0." + number + "/24"));
        stack.links().up(card);
        return stack;
    }

    private static ModuleLayer layer(Path jar, String module) {
        Configuration c =
                ModuleLayer.boot().configuration().resolve(ModuleFinder.of(jar), ModuleFinder.of(), Set.of(module));
        return ModuleLayer.boot().defineModulesWithOneLoader(c, Boot.class.getClassLoader());
    }

    private static void receive(Stack b) {
        try (DatagramPort port = DatagramPort.bind(b.sockets(), InetSockAddress.of("10.0.0.2", 7))) {
            byte[] got = new byte[100];
            System.out.println("RECEIVED " + new String(got, 0, port.receive(got, 0, got.length)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(Stack a) {
        try (DatagramPort port = DatagramPort.bind(a.sockets(), InetSockAddress.of("10.0.0.1", 7))) {
            byte[] hello = "hello".getBytes();
            port.send(hello, 0, hello.length, InetSockAddress.of("10.0.0.2", 7));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
