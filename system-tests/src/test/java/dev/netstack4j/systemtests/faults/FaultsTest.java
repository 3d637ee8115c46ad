package dev.netstack4j.systemtests.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.systemtests.walk.Pair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// After each fault the driver recovers or tells, and nothing leaks.
class FaultsTest {
    private static final long SECOND = Pair.SECOND;

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576", "82540em intx", "82576 msi", "82576 intx"})
    void lostInterruptsDelayTrafficAndDoNotEndIt(String which) throws Exception {
        try (FaultyPair f = faulty(which)) {
            f.assertTrafficGoesOn();
            f.inject("lose-irq:3");
            f.assertTrafficGoesOn();
            assertTrue(f.sum("watchdog_polls") >= 1, "the watchdog has polled");
            f.inject("lose-irq+lose-irq@3s");
            f.assertTrafficGoesOn();
            f.assertEndsCleanly();
        }
    }

    private static FaultyPair faulty(String which) throws Exception {
        String[] words = which.split(" ");
        String refused = which.endsWith("intx") ? "msix,msi" : which.endsWith("msi") ? "msix" : "";
        return new FaultyPair(words[0], "refuse=" + refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576", "82540em intx", "82576 msi", "82576 intx"})
    void spuriousAndRepeatedInterruptsAreHarmless(String which) throws Exception {
        try (FaultyPair f = faulty(which)) {
            f.inject("spurious-irq:500+repeat-irq:300");
            f.assertTrafficGoesOn();
            f.inject("spurious-irq:100");
            f.pass(SECOND);
            f.assertTrafficGoesOn();
            assertEquals(0, f.count("tx_timeout_count"));
            f.assertEndsCleanly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576", "82576 msi"})
    void descriptorsThatAreWrittenBackAfterTheirInterruptAreFoundAllTheSame(String which) throws Exception {
        try (FaultyPair f = faulty(which)) {
            f.inject("late-writeback:5ms");
            f.assertTrafficGoesOn();
            f.inject("late-writeback:1s");
            f.assertTrafficGoesOn();
            f.assertEndsCleanly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    void aWriteBackThatIsStillOutstandingWhenTheDeviceIsStoppedNeverHappens(String model) throws Exception {
        try (FaultyPair f = new FaultyPair(model)) {
            f.inject("late-writeback:1s");
            f.pair.start("ping", () -> ping(f)).join();
            f.pair.a.links().down(f.card());
            f.pass(2 * SECOND);
            f.pair.a.links().up(f.card());
            f.pair.comesTrue(f.card()::hasCarrier);
            f.assertTrafficGoesOn();
            f.assertEndsCleanly();
        }
    }

    private static void ping(FaultyPair f) throws NetException {
        var calls = f.pair.a.sockets();
        int fd = calls.socket(2, SocketType.DGRAM, IpProtocol.ICMP);
        byte[] echo = new byte[64];
        echo[0] = 8;
        calls.sendmsg(fd, new Message().bytes(echo, 0, 64).to(Pair.addressOf(2, 0)));
        calls.close(fd);
    }

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    void transfersThatTheBusAbortsLoseFramesAndAreTold(String model) throws Exception {
        try (FaultyPair f = new FaultyPair(model)) {
            f.assertTrafficGoesOn(); // the neighbour is known
            f.inject("dma-error:4+dma-error@300ms+dma-error:2@1s");
            f.assertTrafficGoesOn();
            assertTrue(f.count("pci_errors") >= 1);
            f.assertEndsCleanly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    void aTransmitterThatHangsIsResetAndTrafficGoesOn(String model) throws Exception {
        try (FaultyPair f = new FaultyPair(model)) {
            f.assertTrafficGoesOn(); // the neighbour is known
            f.inject("hang-tx");
            f.assertTrafficGoesOn();
            assertEquals(1, f.count("tx_timeout_count"));
            assertEquals(1, f.told().size(), () -> String.join("\n", f.told()));
            assertTrue(f.told().getFirst().contains("eth0"), f.told().getFirst());
            f.assertEndsCleanly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    void aTransmitterThatHangsForAMomentGoesOnWithoutAReset(String model) throws Exception {
        try (FaultyPair f = new FaultyPair(model)) {
            f.assertTrafficGoesOn(); // the neighbour is known
            f.inject("hang-tx:1500ms");
            f.assertTrafficGoesOn();
            assertEquals(0, f.count("tx_timeout_count"));
            f.assertEndsCleanly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    void aLinkThatFlapsIsToldAndTrafficGoesOn(String model) throws Exception {
        try (FaultyPair f = new FaultyPair(model)) {
            NetDevice card = f.card();
            f.inject("link-flap:700ms@3ms");
            f.pass(100_000_000);
            assertFalse(card.hasCarrier());
            f.pass(SECOND);
            assertTrue(card.hasCarrier());
            f.inject("link-flap:300ms@3ms");
            f.assertTrafficGoesOn();
            assertTrue(card.hasCarrier());
            f.assertEndsCleanly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    void aChangeOfTheLinkWhoseInterruptIsLostIsSeenByTheWatchdog(String model) throws Exception {
        try (FaultyPair f = new FaultyPair(model)) {
            f.inject("lose-irq:1+link-flap:10s");
            f.pass(4 * SECOND);
            assertFalse(f.card().hasCarrier());
            f.pass(10 * SECOND);
            assertTrue(f.card().hasCarrier());
            f.assertTrafficGoesOn();
            f.assertEndsCleanly();
        }
    }

    @ParameterizedTest
    @CsvSource({"82540em,refuse-msi", "82576,refuse-msix", "82576,refuse-msix+refuse-msi"})
    void vectorsThatAreRefusedAreReplacedByThoseOfTheNextKind(String model, String fault) throws Exception {
        try (FaultyPair f = new FaultyPair(model, "fault=" + fault)) {
            f.assertTrafficGoesOn();
            NetDevice again = f.pair.a.hardware().reprobe(f.card());
            f.pair.a.ipv4().addAddress(again, IpPrefix.parse("10.0.0.1/24"));
            f.pair.a.links().up(again);
            f.pair.comesTrue(again::hasCarrier);
            f.assertTrafficGoesOn();
            f.assertEndsCleanly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    void aCardThatIsPulledOutIsToldAndLetGoOf(String model) throws Exception {
        try (FaultyPair f = new FaultyPair(model)) {
            f.inject("remove@4ms");
            f.pair.start("ping", () -> ping(f)).join();
            f.pass(5 * SECOND);
            assertFalse(f.card().hasCarrier());
            assertEquals(1, f.told().size(), () -> String.join("\n", f.told()));
            assertTrue(f.told().getFirst().contains("eth0"), f.told().getFirst());
            f.pair.start("ping", () -> ping(f)).join();
            f.pair.a.links().stats(f.card());
            f.pair.a.hardware().unplug(f.card());
            assertEquals(1, f.pair.a.links().all().size(), "lo alone is left");
            assertEquals(0, f.pair.a.packets().live());
            f.assertEndsCleanly();
        }
    }

    /// 256 vectors would be more than a host has.
    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    void cardsThatArePulledOutInTheMiddleOfTrafficLeaveNoVector(String model) throws Exception {
        try (FaultyPair f = new FaultyPair(model)) {
            for (int n = 0; n < 100; n++) {
                f.pair.start("ping", () -> ping(f)).join();
                f.inject("remove");
                f.pair.a.hardware().unplug(f.card());
                f.replug();
            }
            f.assertTrafficGoesOn();
            f.assertEndsCleanly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "lose-irq:0", "lose-irq:x", "remove:3", "hang-tx@soon", "lose-irq+"})
    void whatIsNoFaultIsRefusedWithTheWordsThatThereAre(String text) throws Exception {
        try (FaultyPair f = new FaultyPair("82576")) {
            NetException e = assertThrows(NetException.class, () -> f.inject(text));
            assertEquals(Errno.EINVAL, e.errno());
            f.assertEndsCleanly();
        }
    }
}
