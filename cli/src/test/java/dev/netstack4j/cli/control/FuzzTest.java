package dev.netstack4j.cli.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.cli.control.link.LinkSettings;
import dev.netstack4j.cli.control.message.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Requests that follow the protocol more or less, and lines that follow nothing. Each gets one answer, the clock never
/// goes back, the server goes on, and no packet is left at its end. Replay a seed with `-Dnetstack.seed=N`.
class FuzzTest {
    private static final int ORDINARY = 5;
    private static final int NIGHTLY = 500;
    private static final int REQUESTS = 250;
    private static final int LINES = 20;
    private static final List<String> OPS = List.of(
            "hello",
            "interrupt",
            "socket",
            "socket",
            "socket",
            "bind",
            "connect",
            "listen",
            "accept",
            "getsockname",
            "getpeername",
            "sendmsg",
            "sendmsg",
            "recvmsg",
            "recvmsg",
            "shutdown",
            "close",
            "setsockopt",
            "getsockopt",
            "fcntl",
            "ioctl",
            "poll",
            "epoll_create",
            "epoll_ctl",
            "epoll_wait",
            "pipe",
            "net.send",
            "net.recv",
            "link.add",
            "link.set",
            "addr.add",
            "route.add",
            "neigh.add",
            "clock.now",
            "clock.advance",
            "clock.next",
            "sysctl.get",
            "sysctl.set",
            "sysctl.list",
            "stats",
            "sockets",
            "reset",
            "nonsense");
    private static final List<String> FIELDS = List.of(
            "fd",
            "domain",
            "type",
            "protocol",
            "family",
            "ip",
            "port",
            "backlog",
            "flags",
            "len",
            "text",
            "data",
            "zeros",
            "how",
            "level",
            "optname",
            "value",
            "cmd",
            "arg",
            "request",
            "fds",
            "timeout",
            "epfd",
            "operation",
            "event",
            "maxevents",
            "link",
            "packet",
            "until",
            "name",
            "mode",
            "mtu",
            "mac",
            "up",
            "prefix",
            "dev",
            "via",
            "metric",
            "by",
            "to",
            "seed",
            "want",
            "as",
            "optlen",
            "controllen",
            "t",
            "conn",
            "version",
            "session",
            "cmsgs",
            "links",
            "advmss",
            "gso_max");
    private static final List<Object> VALUES = List.of(
            0L,
            1L,
            2L,
            3L,
            4L,
            5L,
            6L,
            17L,
            80L,
            1500L,
            65535L,
            65536L,
            -1L,
            -2L,
            1_000_000L,
            4_000_000_000L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            true,
            false,
            "",
            "AF_INET",
            "AF_UNSPEC",
            "SOCK_STREAM",
            "SOCK_DGRAM",
            "SOCK_RAW",
            "MSG_DONTWAIT",
            "MSG_PEEK|MSG_DONTWAIT",
            "127.0.0.1",
            "192.0.2.9",
            "0.0.0.0",
            "255.255.255.255",
            "::1",
            "256.1.1.1",
            "lo",
            "tun0",
            "tun1",
            "ip",
            "ethernet",
            "10.0.0.0/8",
            "192.0.2.1/24",
            "default",
            "hi",
            "00",
            "4500",
            "zz",
            "SOL_SOCKET",
            "SO_RCVTIMEO",
            "TCP_INFO",
            "F_DUPFD",
            "net.ipv4.tcp_timestamps",
            "\u0000\u20ac\ud83d\ude00",
            List.of(),
            List.of(3L, 1L),
            List.of(List.of(3L, 1L), List.of(4L, 5L)),
            Map.of(),
            Map.of("sec", 0L, "usec", 5000L),
            Map.of("onoff", 1L, "linger", 1L),
            Map.of("bytes", "01000000"));

    private static <T> T any(SplittableRandom random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /// Fields that the op may well want, with values that may well fit; then others.
    private static Map<String, Object> request(SplittableRandom random, String op) {
        Map<String, Object> r = new LinkedHashMap<>();
        r.put("op", op);
        r.put("notify", true);
        if (random.nextInt(8) != 0) {
            r.put("fd", 3L + random.nextInt(6));
            r.put("domain", 2L);
            r.put("type", 1L + random.nextInt(3));
            r.put("protocol", any(random, List.of(0L, 0L, 0L, 1L, 6L, 17L)));
            r.put("ip", any(random, List.of("127.0.0.1", "127.0.0.1", "192.0.2.1", "192.0.2.9", "0.0.0.0")));
            r.put("port", any(random, List.of(80L, 80L, 81L, 0L)));
            r.put("backlog", 3L);
            r.put("len", (long) random.nextInt(3000));
            r.put("zeros", (long) random.nextInt(3000));
            r.put("epfd", 3L + random.nextInt(6));
            r.put("operation", 1L + random.nextInt(3));
            r.put("event", List.of((long) random.nextInt(32), 7L));
            r.put("maxevents", 4L);
            r.put("timeout", (long) random.nextInt(50));
            r.put("by", (long) random.nextInt(100_000_000));
            r.put("until", 1L);
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            r.put(any(random, FIELDS), any(random, VALUES));
        }
        return r;
    }

    private static void requests(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        try (Bench bench = Bench.virtual(LinkSettings.ip("tun0"))) {
            Client other = bench.join("main");
            bench.client.ok("addr.add", "prefix", "192.0.2.1/24", "dev", "tun0");
            long before = 0;
            Set<String> kinds = new TreeSet<>();
            for (int i = 0; i < REQUESTS; i++) {
                Map<String, Object> r = request(random, any(random, OPS));
                Map<String, Object> reply = answer(bench.client, other, r);
                Set<String> one = new TreeSet<>(reply.keySet());
                one.retainAll(Set.of("ret", "err", "fault"));
                assertEquals(1, one.size(), () -> r + " was answered " + reply);
                kinds.addAll(one);
                long now = (Long) reply.get("t");
                boolean fresh = r.get("op").equals("reset") && reply.containsKey("ret");
                assertTrue(fresh || now >= before, () -> "the clock went back after " + r);
                before = now;
            }
            assertEquals(Set.of("ret", "err", "fault"), kinds);
            other.ok("clock.now");
        }
    }

    private static Map<String, Object> answer(Client client, Client other, Map<String, Object> request) {
        client.raw(JsonText.write(request));
        Map<String, Object> reply = client.receive();
        if (reply.containsKey("blocked")) {
            other.call("interrupt", "conn", client.connection);
            reply = client.receive();
        }
        return reply;
    }

    /// A request of which some bytes are others, are missing or come twice.
    private static byte[] spoilt(SplittableRandom random) {
        byte[] line = JsonText.write(request(random, any(random, OPS)));
        byte[] spoilt = line.clone();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            spoilt[random.nextInt(spoilt.length - 1)] = (byte) random.nextInt(256);
        }
        spoilt[spoilt.length - 1] = '\n';
        return spoilt;
    }

    private static void lines(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        try (Bench bench = Bench.virtual()) {
            for (int i = 0; i < LINES; i++) {
                try (Client c = Client.of(bench.server, "lines")) {
                    c.raw(spoilt(random));
                    if (random.nextBoolean()) {
                        String line = c.line();
                        assertTrue(line != null && line.startsWith("{"), "no answer");
                    }
                }
            }
            bench.client.ok("clock.now");
        }
    }

    private static void run(int seeds) throws Exception {
        Long one = Long.getLong("netstack.seed");
        for (long seed = one == null ? 1 : one; seed <= (one == null ? seeds : one); seed++) {
            try {
                requests(seed);
                lines(seed);
            } catch (AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + ": " + e.getMessage()
                                + "\nreplay: mvn -pl cli -am test -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -Dnetstack.seed=" + seed,
                        e);
            }
        }
    }

    @Test
    void everyRequestIsAnsweredOnceAndTheServerGoesOn() throws Exception {
        run(ORDINARY);
    }

    @Test
    @Tag("nightly")
    void theSameForManySeeds() throws Exception {
        run(NIGHTLY);
    }
}
