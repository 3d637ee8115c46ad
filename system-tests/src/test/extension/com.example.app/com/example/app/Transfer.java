package com.example.app;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.qdisc.Qdiscs;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import java.util.Map;

/// Two hosts of whatever extensions are on the path: a stream through tbf over an emulated cable, and its end.
final class Transfer {
    private static final int BYTES = 1 << 20;
    private static final InetSockAddress SERVER = InetSockAddress.of("10.0.0.2", 80);

    private Transfer() {}

    public static void main(String[] args) throws Exception {
        VirtualRuntime runtime = StackFactory.find().virtualTime(1);
        Stack a = host(runtime, 1);
        Stack b = host(runtime, 2);
        a.modules().forEach(m -> System.out.println("MODULE " + m.name() + " " + m.version()));
        runtime.advance(5_000_000_000L);
        Qdiscs qdiscs = a.service(Qdiscs.class);
        NetDevice out = a.device("eth0");
        qdiscs.replace(
                out,
                "tbf",
                qdiscs.options("tbf")
                        .set("rate", "100mbit")
                        .set("burst", "32k")
                        .set("limit", "1m")
                        .build());
        AppThread server = runtime.start("server", () -> serve(b));
        AppThread client = runtime.start("client", () -> send(a));
        client.join();
        server.join();
        a.close();
        b.close();
        runtime.close();
        System.out.println("LIVE " + (a.packets().live() + b.packets().live()));
        System.out.println(
                "BALANCED " + (a.packets().isBalanced() && b.packets().isBalanced()));
    }

    private static Stack host(VirtualRuntime runtime, int number) throws Exception {
        Stack stack = StackFactory.find()
                .builder()
                .name("host" + number)
                .runtime(runtime)
                .memory(32 << 20)
                .discover(ModuleLayer.boot())
                .build();
        NetDevice card = stack.hardware()
                .plug("emulated", "82540em", Map.of(), stack.hardware().wire("cable", Map.of("name", "c")));
        stack.ipv4().addAddress(card, IpPrefix.parse("10.0.0." + number + "/24"));
        stack.links().up(card);
        return stack;
    }

    private static void serve(Stack b) {
        try (StreamServer listener = StreamServer.listen(b.sockets(), SERVER, 1);
                StreamSocket s = listener.accept()) {
            byte[] got = new byte[65536];
            long sum = 0;
            int bytes = 0;
            for (int n = s.read(got, 0, got.length); n > 0; n = s.read(got, 0, got.length)) {
                for (int i = 0; i < n; i++) {
                    sum += got[i] & 0xFF;
                }
                bytes += n;
            }
            System.out.println("RECEIVED " + bytes + " SUM " + sum);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(Stack a) {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 251);
        }
        try (StreamSocket s = StreamSocket.connect(a.sockets(), SERVER)) {
            s.write(bytes, 0, bytes.length);
            s.shutdownOutput();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
