package dev.netstack4j.proto.ipv4.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.socket.InetSock;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.proto.ipv4.raw.RawOps;
import dev.netstack4j.proto.ipv4.rig.Packets;
import dev.netstack4j.proto.ipv4.rig.Rig;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing that arrives throws or leaks: a million frames in four runs. The seed stands in every message.
@Mechanism({"D22", "D28", "D23"})
class FuzzTest {
    private static final int FRAMES = 250_000;

    private final Rig rig = new Rig();
    private final Rig.Keeper keeper = rig.keep(253);

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noiseEndsInReasons(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        run(seed, random, false);
        assertTrue(rig.dropped("IP_VERSION") > 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void nearlyRightPacketsEndInReasonsOrAreDelivered(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        rig.host.sysctls().set("net.ipv4.ip_forward", 1);
        run(seed, random, true);
        assertTrue(rig.count("Ip.InDelivers") > 0);
        assertTrue(rig.count("Ip.ReasmReqds") > 0);
        assertTrue(rig.count("Ip.ForwDatagrams") > 0);
    }

    private void run(long seed, SplittableRandom random, boolean shaped) {
        RawOps ops = rig.get(RawOps.class);
        InetSock raw = rig.sock(ops, SocketType.RAW, 1);
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = shaped ? shaped(random) : noise(random);
            try {
                receive(frame, random);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", frame " + i, e);
            }
            if (i % 64 == 0) {
                rig.sent();
                rig.take(keeper.packets);
                rig.take(raw.receiveQueue());
                rig.host.advance(random.nextInt(1_000_000_000));
            }
        }
        ops.release(raw, rig.cpu());
        rig.take(keeper.packets);
        rig.assertNoLeak();
        assertEquals(FRAMES, rig.count("Ip.InReceives"), "seed " + seed);
    }

    /// In one piece or in two, for this host or for many.
    private void receive(byte[] frame, SplittableRandom random) {
        int linear = random.nextInt(4) == 0 ? random.nextInt(frame.length + 1) : frame.length;
        SkBuff skb = rig.host.packet(java.util.Arrays.copyOf(frame, linear));
        if (linear < frame.length) {
            assertTrue(skb.addFragPage(frame.length - linear, rig.cpu()));
            skb.memory().write(skb.appendToFrag(frame.length - linear), frame, linear, frame.length - linear);
        }
        skb.kind(PacketKind.values()[random.nextInt(3)]);
        rig.receive(skb, random.nextInt(5) == 0 ? rig.eth1 : rig.eth0);
    }

    private static byte[] noise(SplittableRandom random) {
        byte[] b = new byte[random.nextInt(200)];
        random.nextBytes(b);
        if (b.length > 0 && random.nextBoolean()) {
            b[0] = (byte) (0x40 | random.nextInt(16));
        }
        return b;
    }

    private static byte[] shaped(SplittableRandom random) {
        byte[] payload = new byte[random.nextInt(120)];
        random.nextBytes(payload);
        Packets p = Packets.packet()
                .between(
                        "10.0.0." + random.nextInt(256),
                        pick(random, "10.0.0.1", "10.1.0.9", "10.0.0.255", "224.0.0.1", "8.8.8.8"))
                .ident(random.nextInt(3))
                .ttl(random.nextInt(4))
                .protocol(random.nextInt(3) == 0 ? 1 : 253 - random.nextInt(2))
                .payload(random.nextInt(3) == 0 ? message(random, payload) : payload);
        if (random.nextInt(2) == 0) {
            p.word(random.nextInt(4) == 0 ? random.nextInt(65536) : random.nextInt(2) << 13 | random.nextInt(12));
        }
        if (random.nextInt(4) == 0) {
            p.options(random.nextInt(256), random.nextInt(12), random.nextInt(256), random.nextInt(256));
        }
        byte[] b = p.bytes();
        if (random.nextInt(8) == 0 && b.length > 0) {
            b[random.nextInt(b.length)] ^= (byte) (1 << random.nextInt(8));
        }
        if (random.nextInt(8) == 0) {
            ByteBuffer.wrap(b).putShort(2, (short) random.nextInt(200)).putShort(10, (short) 0);
            ByteBuffer.wrap(b).putShort(10, (short) Packets.checksum(b, 0, 20));
        }
        return b;
    }

    private static byte[] message(SplittableRandom random, byte[] body) {
        byte[] quoted = random.nextBoolean()
                ? body
                : Packets.packet()
                        .between("10.0.0.1", "8.8.8.8")
                        .protocol(random.nextInt(2) * 252 + 1)
                        .payload(body)
                        .bytes();
        return Packets.icmp(random.nextInt(20), random.nextInt(18), random.nextInt(), quoted);
    }

    private static String pick(SplittableRandom random, String... of) {
        return of[random.nextInt(of.length)];
    }
}
