package dev.netstack4j.systemtests.registers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.systemtests.walk.Pair;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// One life of a card, recorded: probe, open, pings, close, remove.
final class Recorded {
    private static final String MAC = "52:54:00:12:34:56";
    private static final int PINGS = 5;

    private Recorded() {}

    /// On our own silicon, in virtual time.
    static void onEmulated(String model, Path file) throws Exception {
        try (Pair pair = Pair.virtual(new Pair.Card("emulated", model, options(file, Map.of())))) {
            live(pair);
        }
    }

    /// On QEMU's.
    static void onQemu(String model, Path file) throws Exception {
        try (Pair pair = Pair.real(new Pair.Card("qemu", model, options(file, Map.of("time", "warp"))))) {
            live(pair);
        }
    }

    private static Map<String, String> options(Path file, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(more);
        all.put("mac", MAC);
        all.put("trace", file.toString());
        return all;
    }

    private static void live(Pair pair) throws Exception {
        pair.start("pings", () -> pings(pair)).join();
        pair.runtime.pause(Pair.SECOND / 10);
        pair.a.links().down(pair.a.device("eth0"));
        pair.a.hardware().unplug(pair.a.device("eth0"));
    }

    private static void pings(Pair pair) {
        var calls = pair.a.sockets();
        int fd = calls.socket(2, SocketType.DGRAM, IpProtocol.ICMP);
        byte[] echo = new byte[64];
        for (int i = 0; i < PINGS; i++) {
            echo[0] = 8;
            echo[7] = (byte) i;
            assertTrue(calls.sendmsg(fd, new Message().bytes(echo, 0, 64).to(Pair.addressOf(2, 0))) > 0);
            assertTrue(calls.recvmsg(fd, new Message().bytes(new byte[100], 0, 100)) > 0);
            pair.runtime.pause(Pair.SECOND / 100);
        }
        calls.close(fd);
    }
}
