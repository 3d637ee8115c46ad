package dev.netstack4j.proto.tcp;

import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.net.Scripted;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whatever arrives, nothing is thrown and nothing leaks.
class HostileTest {
    private static final String[] FLAGS = {"A", "PA", "FA", "S", "SA", "R", "RA", "F", "SF", "UA", "PAU", "FSRPAU", ""};

    @Test
    void random_segments_around_the_window_never_throw_and_never_leak() {
        for (int seed = 0; seed < 300; seed++) {
            try {
                run(new SplittableRandom(seed), seed);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static void run(SplittableRandom random, int seed) {
        Scripted peer = new Scripted();
        if (seed % 2 == 0) {
            peer.setting("net.ipv4.tcp_timestamps", 1).setting("net.ipv4.tcp_sack", 1);
        }
        TcpSock listener = peer.node.listen(Scripted.PORT, 3);
        TcpSock held = seed % 3 == 2 ? peer.node.socket() : peer.accepted(listener);
        if (seed % 3 == 1) {
            peer.node.write(held, new byte[20_000]);
        }
        for (int i = 0; i < 400; i++) {
            step(peer, listener, random);
        }
        peer.options = new byte[0];
        peer.node.close(held);
        peer.node.close(listener);
        for (int i = 0; i < 10; i++) {
            peer.pass(400_000).skip();
        }
        peer.node.tcp.stop();
        peer.noLeak();
    }

    private static void step(Scripted peer, TcpSock listener, SplittableRandom random) {
        peer.window = random.nextInt(0x10000);
        peer.options = new byte[random.nextInt(11) * 4];
        for (int i = 0; i < peer.options.length; i++) {
            int r = random.nextInt(4);
            peer.options[i] = (byte) (r == 0 ? random.nextInt(11) : r == 1 ? random.nextInt(256) : 1);
        }
        String flags = FLAGS[random.nextInt(FLAGS.length)];
        int seq = random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(20_000) - 2000;
        int ack = random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(24_000) - 2000;
        byte[] packet = peer.packet(flags, seq, ack, new byte[random.nextInt(1400)], random.nextInt(0x10000));
        if (random.nextInt(20) == 0) {
            packet = java.util.Arrays.copyOf(packet, 20 + random.nextInt(packet.length - 20));
        }
        peer.node.arrive(packet);
        TcpSock child = random.nextInt(5) == 0 ? peer.node.accept(listener) : null;
        if (child != null) {
            use(peer, child, random);
        }
        if (random.nextInt(8) == 0) {
            peer.pass(random.nextInt(3000));
        }
        peer.skip();
    }

    private static void use(Scripted peer, TcpSock child, SplittableRandom random) {
        peer.node.write(child, new byte[1 + random.nextInt(5000)]);
        peer.node.read(child, new byte[5000], 0);
        if (random.nextBoolean()) {
            peer.node.shutdown(child, 1);
        }
        peer.node.close(child);
    }
}
