package dev.netstack4j.systemtests.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.hardware.Interrupts;
import dev.netstack4j.systemtests.qemu.Leftover;
import dev.netstack4j.testkit.requires.Requires;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Probe, open, frames both ways, close, remove, again and again in one host: nothing may stay behind, neither in the
/// host's books nor in the process.
class LivesTest {
    private static final int BATCH = 200;

    /// What a host and its process hold between two lives.
    private record Held(int packets, long memory, int devices, int interrupts, Leftover process) {
        static Held by(Bench bench) throws Exception {
            return new Held(
                    bench.stack.packets().live(),
                    bench.stack.packets().memory().freeBytes(),
                    bench.stack.links().all().size(),
                    bench.stack.service(Interrupts.class).all().size(),
                    Leftover.now());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"E1000_EMULATED", "IGB_EMULATED"})
    void leavesNothingInTwentyShortLives(Fitting fitting) throws Exception {
        live(fitting, 20, BATCH);
    }

    @ParameterizedTest
    @EnumSource(names = {"E1000_QEMU", "IGB_QEMU"})
    @Requires(programs = "qemu-system-x86_64")
    void leavesNothingInThreeShortLivesOnQemu(Fitting fitting) throws Exception {
        live(fitting, 3, BATCH);
    }

    @Tag("nightly")
    @ParameterizedTest
    @EnumSource(names = {"E1000_EMULATED", "IGB_EMULATED"})
    void leavesNothingInAThousandLivesOfTenThousandFrames(Fitting fitting) throws Exception {
        live(fitting, 1000, 10_000);
    }

    @Tag("nightly")
    @ParameterizedTest
    @EnumSource(names = {"E1000_QEMU", "IGB_QEMU"})
    @Requires(programs = "qemu-system-x86_64")
    void leavesNothingInTwentyLivesOfTenThousandFramesOnQemu(Fitting fitting) throws Exception {
        live(fitting, 20, 10_000);
    }

    private static void live(Fitting fitting, int lives, int frames) throws Exception {
        Leftover before;
        try (Bench first = Bench.of(fitting)) {
            first.works();
        }
        before = Leftover.now();
        try (Bench bench = Bench.of(fitting)) {
            bench.down();
            bench.unplug();
            round(bench, BATCH);
            Held start = Held.by(bench);
            for (int n = 0; n < lives; n++) {
                round(bench, frames);
                assertEquals(0, bench.stack.packets().live(), "packets after life " + n);
            }
            assertEquals(start, Held.by(bench), "what the host and the process hold");
            bench.plug();
        }
        assertEquals(before, Leftover.now(), "what the process holds when the host is gone");
    }

    /// Half of the frames each way.
    private static void round(Bench bench, int frames) throws Exception {
        bench.plug();
        bench.up();
        List<byte[]> out = new ArrayList<>();
        List<byte[]> in = new ArrayList<>();
        for (int i = 0; i < BATCH / 2; i++) {
            out.add(bench.outbound(60 + i));
            in.add(bench.inbound(60 + i));
        }
        for (int done = 0; done < frames; done += BATCH) {
            bench.expectSent(out);
            bench.expectReceived(in);
        }
        bench.await(() -> bench.stats().txPackets == frames / 2, "sent frames are not freed");
        DeviceStats stats = bench.stats();
        assertEquals(frames / 2, stats.rxPackets);
        assertTrue(bench.card.hasCarrier());
        assertFalse(bench.stack.service(Interrupts.class).all().isEmpty(), "a card that is up has interrupts");
        bench.down();
        bench.unplug();
    }
}
