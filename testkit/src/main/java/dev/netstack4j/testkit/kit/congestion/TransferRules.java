package dev.netstack4j.testkit.kit.congestion;

import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.kit.Trial;
import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.Simulation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SplittableRandom;

/// Whole connections in virtual time.
final class TransferRules {
    private static final Set<String> NEEDED = Set.of("proto-tcp", "proto-ipv4", "proto-arp");
    private static final int BYTES = 60_000;
    private static final int PORT = 80;

    private TransferRules() {}

    /// Two hosts, one of which sends with the congestion control.
    private static final class Net implements AutoCloseable {
        final Simulation net;
        final SimHost sender;
        final SimHost receiver;
        private final CongestionSubject subject;

        Net(CongestionSubject subject, Trial trial, String shape) {
            this.subject = subject;
            Set<String> there = new HashSet<>();
            ServiceLoader.load(StackModule.class).forEach(m -> there.add(m.name()));
            trial.assume(there.containsAll(NEEDED), "needs TCP, IPv4 and ARP on the class path, there are " + there);
            boolean found = there.contains(subject.module());
            net = Simulation.withSeed(trial.seed());
            sender = net.host("sender", plan -> {
                if (!found) {
                    plan.with(subject.stackModule());
                }
                subject.settings().forEach(plan::sysctl);
            });
            receiver = net.host("receiver");
            net.link(sender, receiver).shape(shape);
        }

        /// Starts a transfer; `done` hears when the last byte was read.
        void transfer(int number, byte[] bytes, Runnable done) {
            receiver.run("read" + number, () -> {
                try (StreamServer listener = StreamServer.listen(receiver.sockets(), receiver.at(PORT + number), 1);
                        StreamSocket s = listener.accept()) {
                    byte[] got = s.input().readAllBytes();
                    if (!Arrays.equals(bytes, got)) {
                        throw new AssertionError(
                                got.length + " bytes came, not those " + bytes.length + " that were sent");
                    }
                    done.run();
                }
            });
            sender.run("write" + number, () -> {
                net.sleep(Simulation.MILLISECOND);
                try (StreamSocket s = StreamSocket.connect(sender.sockets(), receiver.at(PORT + number))) {
                    choose(s);
                    s.output().write(bytes);
                }
            });
        }

        private void choose(StreamSocket s) {
            int level = SocketOption.SOL_TCP;
            OptionValue name = OptionValue.of(subject.name());
            int set = sender.sockets().setsockopt(s.fd(), level, SocketOption.TCP_CONGESTION, name);
            OptionValue read = new OptionValue();
            int got = sender.sockets().getsockopt(s.fd(), level, SocketOption.TCP_CONGESTION, read);
            if (set != 0 || got != 0 || !read.text().equals(subject.name())) {
                throw new AssertionError(
                        "TCP_CONGESTION " + subject.name() + " = " + set + ", then reads as '" + read.text() + "'");
            }
        }

        @Override
        public void close() {
            net.close();
        }
    }

    private static byte[] bytes(Trial trial, int count) {
        byte[] b = new byte[count];
        new SplittableRandom(trial.seed()).nextBytes(b);
        return b;
    }

    static void isChosenByName(CongestionSubject subject, Trial trial) throws Exception {
        try (Net n = new Net(subject, trial, "delay=1ms")) {
            n.transfer(0, bytes(trial, 20_000), () -> {});
            n.net.join();
        }
    }

    static void completesInSpiteOfLosses(CongestionSubject subject, Trial trial) throws Exception {
        try (Net n = new Net(subject, trial, "rate=20mbit delay=10ms loss=3% reorder=1% duplicate=1%")) {
            n.transfer(0, bytes(trial, BYTES), () -> {});
            n.net.join(600 * Simulation.SECOND);
        }
    }

    static void usesTheLink(CongestionSubject subject, Trial trial) throws Exception {
        try (Net n = new Net(subject, trial, "rate=10mbit delay=20ms queue=64k")) {
            n.transfer(0, bytes(trial, 4 * BYTES), () -> {});
            long begin = n.net.nowNanos();
            n.net.join(600 * Simulation.SECOND);
            long nanos = n.net.nowNanos() - begin;
            trial.check(
                    nanos < 2 * Simulation.SECOND,
                    "needed " + nanos / 1_000_000 + " ms for " + 4 * BYTES
                            + " bytes over 10 Mbit/s, which take 192 ms");
        }
    }

    static void leavesOthersTheirShare(CongestionSubject subject, Trial trial) throws Exception {
        try (Net n = new Net(subject, trial, "rate=10mbit delay=5ms queue=32k")) {
            long[] ended = new long[2];
            for (int i = 0; i < 2; i++) {
                int one = i;
                n.transfer(i, bytes(trial, 4 * BYTES), () -> ended[one] = n.net.nowNanos());
            }
            n.net.join(600 * Simulation.SECOND);
            long first = Math.min(ended[0], ended[1]);
            long last = Math.max(ended[0], ended[1]);
            trial.check(
                    last < 3 * first + Simulation.SECOND / 2,
                    "of two equal transfers one ended after " + first / 1_000_000 + " ms, the other after "
                            + last / 1_000_000 + " ms");
        }
    }
}
