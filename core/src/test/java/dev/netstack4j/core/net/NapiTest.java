package dev.netstack4j.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NapiPoll;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.runtime.Context;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.SoftIrqVector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NapiTest {
    private static final int TYPE = 0x88B5;

    private final NetHost net = new NetHost();
    private final NetDevice eth0 = net.up("eth%d", new TestNic());
    private final ConsumeReason done = net.host.ledger().consume("TEST_DONE", "seen by the test");
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void nothingLeaks() {
        net.host.assertNoLeak();
    }

    /// A device with frames to give.
    private final class Source implements NapiPoll {
        final String name;
        int frames;
        Runnable onPoll = () -> {};

        Source(String name, int frames) {
            this.name = name;
            this.frames = frames;
        }

        @Override
        public int poll(Napi napi, int budget, Cpu cpu) {
            log.add(name + " " + budget);
            int n = Math.min(budget, frames);
            frames -= n;
            onPoll.run();
            if (n < budget) {
                napi.complete(n, cpu);
            }
            return n;
        }
    }

    private Napi napi(NapiPoll poll) {
        Napi napi = eth0.addNapi("test", poll, 64);
        napi.enable();
        return napi;
    }

    @Test
    @Mechanism({"E13", "E15", "G2"})
    void aScheduledContextIsPolledInSoftirqWithItsWeight() {
        Source source = new Source("a", 10);
        Napi napi = napi(source);
        net.cpu.context(Context.HARDIRQ);
        assertTrue(napi.schedule(net.cpu));
        assertEquals(List.of(), log, "the interrupt handler only schedules");
        net.cpu.context(Context.PROCESS);
        source.onPoll = () -> assertEquals(Context.SOFTIRQ, net.cpu.context());
        net.cpus.runSoftIrqs();
        assertEquals(List.of("a 64"), log);
        assertEquals(0, net.counter("Failures.core-net"));
    }

    @Test
    @Mechanism("E15")
    void theVectorsOfTheNetworkBelongToCore() {
        napi((n, b, c) -> 0);
        assertThrows(IllegalStateException.class, () -> net.cpus.open(SoftIrqVector.NET_RX, cpu -> {}));
        assertThrows(IllegalStateException.class, () -> net.cpus.open(SoftIrqVector.NET_TX, cpu -> {}));
    }

    @Test
    @Mechanism("G5")
    void schedulingTwiceGivesOnePoll() {
        Napi napi = napi(new Source("a", 0));
        assertTrue(napi.schedule(net.cpu));
        assertFalse(napi.schedule(net.cpu));
        net.cpus.runOnce();
        assertEquals(List.of("a 64"), log);
    }

    @Test
    @Mechanism("G6")
    void anInterruptDuringThePollGivesOnePollMoreAndNoMore() {
        Source source = new Source("a", 1);
        Napi napi = napi(source);
        source.onPoll = () -> {
            if (log.size() == 1) {
                assertFalse(napi.schedule(net.cpu));
            }
        };
        napi.schedule(net.cpu);
        net.cpus.runSoftIrqs();
        assertEquals(List.of("a 64", "a 64"), log);
        assertTrue(napi.schedule(net.cpu), "it is at rest again");
        net.cpus.runSoftIrqs();
    }

    @Test
    @Mechanism("G6")
    void completionSaysWhetherTheInterruptMayBeUnmasked() {
        List<Boolean> unmask = new ArrayList<>();
        Napi napi = napi((self, budget, cpu) -> {
            if (unmask.isEmpty()) {
                self.schedule(cpu);
            }
            unmask.add(self.complete(0, cpu));
            return 0;
        });
        napi.schedule(net.cpu);
        net.cpus.runSoftIrqs();
        assertEquals(List.of(false, true), unmask);
    }

    @Test
    @Mechanism("G4")
    void twoBusyDevicesShareAndTheBudgetEndsARun() {
        Napi a = napi(new Source("a", 320));
        Napi b = napi(new Source("b", 320));
        net.host.sysctls().set("net.core.netdev_budget", 60);
        a.schedule(net.cpu);
        b.schedule(net.cpu);
        net.cpus.runOnce();
        assertEquals(List.of("a 64"), log, "the budget was used up by the first");
        assertEquals(1, net.counter("Softnet.TimeSqueeze"));
        assertTrue(net.cpu.raised().contains(SoftIrqVector.NET_RX), "the rest is raised again");
        net.host.sysctls().set("net.core.netdev_budget", 300);
        log.clear();
        net.cpus.runOnce();
        net.cpus.runOnce();
        assertEquals(List.of("b 64", "a 64", "b 64", "a 64"), log, "in turn");
        net.cpus.runSoftIrqs();
        assertEquals(640, net.counter("Softnet.Processed"));
    }

    @Test
    @Mechanism("G4")
    void theTimeLimitEndsARun() {
        Source slow = new Source("slow", 64);
        slow.onPoll = () -> net.host.advance(3_000_000);
        Napi a = napi(slow);
        Napi b = napi(new Source("b", 0));
        a.schedule(net.cpu);
        b.schedule(net.cpu);
        net.cpus.runOnce();
        assertEquals(List.of("slow 64"), log);
        assertEquals(1, net.counter("Softnet.TimeSqueeze"));
        net.cpus.runSoftIrqs();
    }

    @Test
    void aDisabledContextIsNotScheduledAndDisablingEndsABusyOne() {
        Source endless = new Source("a", 1_000_000);
        Napi napi = napi(endless);
        napi.schedule(net.cpu);
        napi.disable();
        int polls = log.size();
        assertFalse(napi.schedule(net.cpu));
        net.cpus.runSoftIrqs();
        assertEquals(polls, log.size());
        napi.enable();
        assertTrue(napi.schedule(net.cpu));
        endless.frames = 0;
        net.cpus.runSoftIrqs();
    }

    @Test
    void aPollThatThrowsIsTriedAgainButNotForEver() {
        Napi napi = napi((self, budget, cpu) -> {
            log.add("threw");
            throw new IllegalStateException("made by the test");
        });
        napi.schedule(net.cpu);
        for (int i = 0; i < 50; i++) {
            net.cpus.runOnce();
        }
        assertEquals(16, log.size());
        assertFalse(napi.schedule(net.cpu));
    }

    @Test
    void aDriverThatForgetsToCompleteIsHelped() {
        Napi napi = napi((self, budget, cpu) -> {
            log.add("poll");
            return 0;
        });
        napi.schedule(net.cpu);
        net.cpus.runSoftIrqs();
        assertTrue(napi.schedule(net.cpu));
        net.cpus.runSoftIrqs();
        assertEquals(2, log.size());
    }

    /// Notes each list that it gets.
    private PacketHandler lists(String name) {
        return new PacketHandler() {
            @Override
            public void receive(SkBuff skb, NetDevice device, NetDevice original, Cpu cpu) {
                throw new IllegalStateException("a list was expected");
            }

            @Override
            public void receiveList(SkBuffQueue list, NetDevice device, Cpu cpu) {
                log.add(name + " " + list.length());
                list.consumeAll(done, cpu);
            }
        };
    }

    @Test
    @Mechanism("G7")
    void neighboursOfOneProtocolGoUpTogetherAtTheEndOfThePollAndTapsSeeAllInOrder() {
        PacketTypeTable types = net.part(PacketTypeTable.class);
        types.add(TYPE, null, lists("x"), "test");
        types.add(EtherType.ARP, null, lists("arp"), "test");
        List<Integer> tapped = new ArrayList<>();
        types.add(
                EtherType.ALL,
                null,
                (skb, d, o, cpu) -> {
                    tapped.add(skb.mark());
                    skb.consume(done, cpu);
                },
                "tap");
        int[] order = {TYPE, TYPE, TYPE, EtherType.ARP, TYPE};
        Napi napi = napi((self, budget, cpu) -> {
            for (int i = 0; i < order.length; i++) {
                self.receive(net.received(eth0, order[i], i), cpu);
            }
            log.add("polled");
            self.complete(order.length, cpu);
            return order.length;
        });
        napi.schedule(net.cpu);
        net.cpus.runSoftIrqs();
        assertEquals(List.of("polled", "x 3", "arp 1", "x 1"), log);
        assertEquals(List.of(0, 1, 2, 3, 4), tapped);
    }

    @Test
    @Mechanism({"G8", "J1", "G3"})
    void theBacklogIsBoundedAndOverflowIsDroppedAndCounted() {
        net.link();
        net.host.sysctls().set("net.core.netdev_max_backlog", 3);
        net.part(PacketTypeTable.class).add(TYPE, null, lists("x"), "test");
        for (int i = 0; i < 5; i++) {
            assertEquals(i < 3, net.link().netifRx(net.received(eth0, TYPE, i), net.cpu));
        }
        assertEquals(2, net.dropped("NET_BACKLOG_FULL"));
        assertEquals(2, net.host.counters().counter("Softnet.Dropped").ofCpu(0));
        net.cpus.runSoftIrqs();
        assertEquals(List.of("x 3"), log);
    }

    @Test
    @Mechanism("G9")
    void aThrottledBacklogTakesFramesOnlyWhenItIsEmptyAgain() {
        net.link();
        net.host.sysctls().set("net.core.netdev_max_backlog", 3);
        net.host.sysctls().set("net.core.netdev_backlog_throttle", 1);
        net.host.sysctls().set("net.core.dev_weight", 2);
        net.part(PacketTypeTable.class).add(TYPE, null, lists("x"), "test");
        for (int i = 0; i < 4; i++) {
            net.link().netifRx(net.received(eth0, TYPE, i), net.cpu);
        }
        net.cpus.runOnce();
        assertFalse(net.link().netifRx(net.received(eth0, TYPE, 5), net.cpu), "one is still there");
        net.cpus.runOnce();
        assertTrue(net.link().netifRx(net.received(eth0, TYPE, 6), net.cpu));
        net.cpus.runSoftIrqs();
        assertEquals(List.of("x 2", "x 1", "x 1"), log);
    }

    @Test
    @Mechanism({"G16", "H1"})
    void aFrameGoesUpOnTheCpuOfItsInterrupt() {
        List<Integer> cpus = new ArrayList<>();
        net.part(PacketTypeTable.class)
                .add(
                        TYPE,
                        null,
                        (skb, d, o, cpu) -> {
                            cpus.add(cpu.id());
                            assertEquals(Context.SOFTIRQ, cpu.context());
                            skb.consume(done, cpu);
                        },
                        "test");
        net.cpu.context(Context.HARDIRQ);
        net.link().netifRx(net.received(eth0, TYPE, 1), net.cpu);
        assertEquals(List.of(), cpus);
        net.cpu.context(Context.PROCESS);
        net.cpus.runSoftIrqs();
        assertEquals(List.of(net.cpu.id()), cpus);
        assertEquals(0, net.counter("Failures.test"));
    }

    @Test
    void framesOfADeviceThatWentDownMeanwhileAreDropped() {
        net.link().netifRx(net.received(eth0, TYPE, 1), net.cpu);
        net.cpus.onGrace = () -> {};
        net.part(LinkControl.class).down(eth0);
        net.cpus.runSoftIrqs();
        assertFalse(net.link().netifRx(net.received(eth0, TYPE, 2), net.cpu));
        assertEquals(2, net.dropped("NET_DEV_DOWN") + net.dropped("NET_UNHANDLED_PROTO"));
    }

    @Test
    @Mechanism({"F18", "F17"})
    void packetsThatAnInterruptHandlerFreesEndInSoftirq() {
        SentPacketsQueue sent = net.part(SentPacketsQueue.class);
        List<Context> freedIn = new ArrayList<>();
        SkBuff skb = net.frame(eth0, TYPE, 1);
        skb.owner((s, cpu) -> freedIn.add(cpu.context()));
        net.cpu.context(Context.HARDIRQ);
        sent.consumeFromIrq(skb, net.cpu);
        assertTrue(skb.isLive());
        net.cpu.context(Context.PROCESS);
        net.cpus.runSoftIrqs();
        assertEquals(List.of(Context.SOFTIRQ), freedIn);
        assertEquals(1, net.host.ledger().consumed().get("TX_DONE"));
    }

    @Test
    @Mechanism("F18")
    void napiFreesAtOnceInAPollAndLaterInAnInterrupt() {
        Napi napi = napi(new Source("a", 0));
        SkBuff inPoll = net.frame(eth0, TYPE, 1);
        SkBuff inIrq = net.frame(eth0, TYPE, 2);
        napi.consumeSent(inPoll, 64, net.cpu);
        assertFalse(inPoll.isLive());
        net.cpu.context(Context.HARDIRQ);
        napi.consumeSent(inIrq, 0, net.cpu);
        assertTrue(inIrq.isLive());
        net.cpu.context(Context.PROCESS);
        net.cpus.runSoftIrqs();
        assertFalse(inIrq.isLive());
    }
}
