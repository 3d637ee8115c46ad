package dev.netstack4j.testkit.kit.packet;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.PacketTypes;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.testkit.kit.Trial;
import dev.netstack4j.testkit.kit.measure.ThreadMeter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// What holds for everything that receives packets.
public final class PacketRules {
    private static final int FRAMES = 100;
    private static final long TEN_MINUTES = 600_000_000_000L;

    private PacketRules() {}

    // ---- frames

    private static byte[] one(PacketSubject s, SplittableRandom random) {
        List<byte[]> valid = s.validFrames();
        return valid.get(random.nextInt(valid.size())).clone();
    }

    private static byte[] mutated(PacketSubject s, SplittableRandom random) {
        byte[] f = one(s, random);
        int lower = s.lowerBytes();
        for (int n = random.nextInt(1, 4); n > 0 && f.length > lower; n--) {
            int most = random.nextBoolean() ? f.length : Math.min(f.length, lower + 20);
            f[random.nextInt(lower, most)] = (byte) random.nextInt();
        }
        return s.repaired(random.nextInt(3) == 0 ? Arrays.copyOf(f, random.nextInt(lower, f.length + 20)) : f);
    }

    private static byte[] noise(PacketSubject s, SplittableRandom random) {
        int lower = s.lowerBytes();
        byte[] f = Arrays.copyOf(one(s, random), random.nextInt(lower, 300));
        for (int i = lower; i < f.length; i++) {
            f[i] = (byte) random.nextInt();
        }
        return s.repaired(f);
    }

    private static void checkNoFailure(PacketHost h, Trial trial, byte[] last) {
        trial.check(
                h.failures().isEmpty(),
                h.failures() + " at the frame " + HexFormat.of().formatHex(last));
    }

    // ---- rules

    /// Valid packets are taken.
    public static void takesValidPackets(PacketSubject s, Trial trial) throws Exception {
        for (byte[] f : s.validFrames()) {
            PacketHost h = new PacketHost(s, trial);
            Map<String, Long> before = h.stack.packets().ledger().dropped();
            h.receive(f);
            trial.checkEqual(before, h.stack.packets().ledger().dropped(), "drops after a valid frame");
        }
    }

    /// Everything is freed with a reason.
    public static void endsEveryPacket(PacketSubject s, Trial trial) throws Exception {
        PacketHost h = new PacketHost(s, trial);
        for (int i = 0; i < FRAMES; i++) {
            h.receive(i % 3 == 0 ? one(s, trial.random()) : mutated(s, trial.random()));
        }
        h.runtime.advance(TEN_MINUTES);
        h.stack.close();
        trial.checkEqual(0, h.stack.packets().live(), "packets alive after the stack was closed");
        trial.check(h.stack.packets().isBalanced(), "the ledger does not balance");
    }

    /// Random bytes.
    public static void takesNoise(PacketSubject s, Trial trial) throws Exception {
        PacketHost h = new PacketHost(s, trial);
        for (int i = 0; i < FRAMES; i++) {
            byte[] f = noise(s, trial.random());
            h.receive(f);
            checkNoFailure(h, trial, f);
        }
    }

    /// Valid packets that end early.
    public static void takesPacketsOfAnyLength(PacketSubject s, Trial trial) throws Exception {
        PacketHost h = new PacketHost(s, trial);
        for (byte[] f : s.validFrames()) {
            for (int length = s.lowerBytes(); length < Math.min(f.length, 120); length++) {
                byte[] cut = s.repaired(Arrays.copyOf(f, length));
                h.receive(cut);
                checkNoFailure(h, trial, cut);
            }
        }
    }

    /// Valid packets with wrong bytes.
    public static void takesMutatedPackets(PacketSubject s, Trial trial) throws Exception {
        PacketHost h = new PacketHost(s, trial);
        for (int i = 0; i < 2 * FRAMES; i++) {
            byte[] f = mutated(s, trial.random());
            h.receive(f);
            checkNoFailure(h, trial, f);
        }
    }

    /// A tap has a clone of each packet.
    public static void writesNoSharedBytes(PacketSubject s, Trial trial) throws Exception {
        PacketHost h = new PacketHost(s, trial);
        ConsumeReason why = h.stack.packets().ledger().consume("KIT_TAP", "seen by the kit");
        List<SkBuff> clones = new ArrayList<>();
        List<byte[]> seen = new ArrayList<>();
        try (var _ = h.stack
                .service(PacketTypes.class)
                .add(
                        EtherType.ALL,
                        null,
                        (skb, device, original, cpu) -> {
                            clones.add(skb);
                            seen.add(bytes(skb));
                        },
                        "kit")) {
            for (int i = 0; i < FRAMES / 3; i++) {
                h.receive(i % 2 == 0 ? one(s, trial.random()) : mutated(s, trial.random()));
            }
            for (int i = 0; i < clones.size(); i++) {
                trial.check(Arrays.equals(seen.get(i), bytes(clones.get(i))), "wrote into bytes that a tap shares");
            }
        } finally {
            Cpus cpus = h.stack.service(Cpus.class);
            Cpu cpu = cpus.enter();
            clones.forEach(c -> c.consume(why, cpu));
            cpus.leave(cpu);
        }
    }

    private static byte[] bytes(SkBuff skb) {
        byte[] b = new byte[skb.length()];
        skb.read(0, b, 0, b.length);
        return b;
    }

    /// No waiting in softirq.
    public static void neverWaits(PacketSubject s, Trial trial) throws Exception {
        PacketHost h = new PacketHost(s, trial);
        long before = ThreadMeter.waits();
        for (int i = 0; i < FRAMES / 3; i++) {
            h.receive(one(s, trial.random()));
        }
        trial.checkEqual(0L, ThreadMeter.waits() - before, "times that the thread waited");
    }

    /// Some allocations fail.
    public static void survivesWithoutMemory(PacketSubject s, Trial trial) throws Exception {
        PacketHost h = new PacketHost(s, trial);
        for (int i = 0; i < FRAMES; i++) {
            byte[] f = one(s, trial.random());
            h.stack.packets().failEvery(2 + trial.random().nextInt(3));
            h.receive(f);
            checkNoFailure(h, trial, f);
        }
        h.stack.packets().failEvery(0);
        h.stack.close();
        trial.checkEqual(0, h.stack.packets().live(), "packets alive after the stack was closed");
    }

    private record Outcome(List<String> sent, Map<String, Long> dropped) {
        static Outcome of(PacketHost h) {
            return new Outcome(h.sent(), h.stack.packets().ledger().dropped());
        }
    }

    private static List<byte[]> some(PacketSubject s, Trial trial) {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            frames.add(i % 2 == 0 ? one(s, trial.random()) : mutated(s, trial.random()));
        }
        return frames;
    }

    /// Where the bytes lie makes no difference.
    public static void readsFragmentsAsWell(PacketSubject s, Trial trial) throws Exception {
        List<byte[]> frames = some(s, trial);
        PacketHost linear = new PacketHost(s, trial);
        frames.forEach(linear::receive);
        PacketHost scattered = new PacketHost(s, trial);
        scattered.fragmented();
        frames.forEach(scattered::receive);
        trial.checkEqual(Outcome.of(linear), Outcome.of(scattered), "outcome of packets that are not linear");
    }

    /// Several at once end as they do one by one.
    public static void takesSeveralAtOnce(PacketSubject s, Trial trial) throws Exception {
        List<byte[]> frames = some(s, trial);
        PacketHost single = new PacketHost(s, trial);
        frames.forEach(single::receive);
        PacketHost batch = new PacketHost(s, trial);
        batch.receive(frames);
        Map<String, Long> a = single.stack.packets().ledger().dropped();
        trial.checkEqual(a, batch.stack.packets().ledger().dropped(), "drops when packets come in one batch");
    }

    /// Chance and time come from the stack.
    public static void isRepeatable(PacketSubject s, Trial trial) throws Exception {
        List<byte[]> frames = some(s, trial);
        trial.checkEqual(
                outcomes(s, trial, frames),
                outcomes(s, trial, frames),
                "outcomes of the same packets with the same seed");
    }

    private static List<Outcome> outcomes(PacketSubject s, Trial trial, List<byte[]> frames) throws Exception {
        PacketHost h = new PacketHost(s, trial);
        List<Outcome> all = new ArrayList<>();
        for (byte[] f : frames) {
            h.receive(f);
            all.add(Outcome.of(h));
        }
        return all;
    }

    /// ICMP errors about packets that this host may have sent.
    public static void takesErrors(PacketSubject s, Trial trial) throws Exception {
        PacketHost h = new PacketHost(s, trial);
        SplittableRandom random = trial.random();
        int[] types = {3, 4, 5, 11, 12};
        for (int i = 0; i < FRAMES; i++) {
            byte[] sent = i % 2 == 0 ? one(s, random) : mutated(s, random);
            byte[] error = PeerFrames.icmpError(
                    types[random.nextInt(types.length)], random.nextInt(16), sent, random.nextInt(28, 80));
            h.receive(error);
            checkNoFailure(h, trial, error);
        }
    }

    /// After bad packets good ones fare as before.
    public static void recoversFromBadPackets(PacketSubject s, Trial trial) throws Exception {
        PacketHost h = new PacketHost(s, trial);
        for (int i = 0; i < FRAMES; i++) {
            h.receive(noise(s, trial.random()));
        }
        h.runtime.advance(TEN_MINUTES);
        for (byte[] f : s.validFrames()) {
            Map<String, Long> before = h.stack.packets().ledger().dropped();
            h.receive(f);
            trial.checkEqual(before, h.stack.packets().ledger().dropped(), "drops of a valid frame after bad ones");
        }
    }

    /// Frames for another station.
    public static void leavesOthersPacketsAlone(PacketSubject s, Trial trial) throws Exception {
        PacketHost h = new PacketHost(s, trial);
        for (byte[] f : s.validFrames()) {
            byte[] other = f.clone();
            System.arraycopy(new byte[] {2, 0, 0, 0, 0, 9}, 0, other, 0, 6);
            h.receive(other);
            trial.checkEqual(List.of(), h.sent(), "frames sent in answer to one for another station");
        }
    }
}
