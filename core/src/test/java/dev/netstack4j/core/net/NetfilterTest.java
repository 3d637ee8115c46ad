package dev.netstack4j.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.Netfilter.QueuedPacket;
import dev.netstack4j.api.netfilter.NetfilterHook;
import dev.netstack4j.api.netfilter.Verdict;
import dev.netstack4j.api.runtime.Cpu;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetfilterTest {
    private static final int OUTPUT_RESULT = 17;

    private final NetHost net = new NetHost();
    private final NetfilterHooks hooks = net.part(NetfilterHooks.class);
    private final ConsumeReason done = net.host.ledger().consume("TEST_DONE", "seen by the test");
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void nothingLeaks() {
        net.host.assertNoLeak();
    }

    private NetfilterHook says(String name, Verdict verdict) {
        return (skb, state, cpu) -> {
            seen.add(name);
            return verdict;
        };
    }

    private void add(int priority, String name, Verdict verdict) {
        hooks.add(HookPoint.LOCAL_OUT, AddressFamily.INET, priority, says(name, verdict), name);
    }

    private int output(SkBuff skb, Cpu cpu) {
        seen.add("output " + skb.mark());
        skb.consume(done, cpu);
        return OUTPUT_RESULT;
    }

    private int run(HookPoint point) {
        SkBuff skb = net.host.packet(new byte[40]);
        skb.mark(1);
        return hooks.hook(point, AddressFamily.INET, skb, null, null, this::output, net.cpu);
    }

    private int run() {
        return run(HookPoint.LOCAL_OUT);
    }

    @Test
    @Mechanism({"D8", "D9", "D10"})
    void hooksSeeEachPacketOnceInTheOrderOfTheirPriorityThenItGoesOn() {
        add(10, "late", Verdict.ACCEPT);
        add(-5, "early", Verdict.ACCEPT);
        add(10, "later still", Verdict.ACCEPT);
        assertEquals(OUTPUT_RESULT, run());
        assertEquals(List.of("early", "late", "later still", "output 1"), seen);
    }

    @ParameterizedTest
    @EnumSource
    @Mechanism("D9")
    void eachPointHasHooksOfItsOwn(HookPoint point) {
        hooks.add(point, AddressFamily.INET, 0, says("here", Verdict.DROP), "test");
        for (HookPoint other : HookPoint.values()) {
            assertEquals(other == point ? Errno.EPERM.negative() : OUTPUT_RESULT, run(other));
        }
        hooks.hook(point, AddressFamily.INET6, net.host.packet(new byte[40]), null, null, this::output, net.cpu);
        assertEquals(1, seen.stream().filter("here"::equals).count());
        assertEquals(1, net.dropped("NETFILTER_DROP"));
    }

    @Test
    @Mechanism("D9")
    void aDroppedPacketReachesNobodyElse() {
        add(0, "drops", Verdict.DROP);
        add(1, "behind", Verdict.ACCEPT);
        assertEquals(Errno.EPERM.negative(), run());
        assertEquals(List.of("drops"), seen);
    }

    @Test
    @Mechanism("D9")
    void aStolenPacketIsTheHooksOwn() {
        hooks.add(
                HookPoint.LOCAL_OUT,
                AddressFamily.INET,
                0,
                (skb, state, cpu) -> {
                    skb.consume(done, cpu);
                    return Verdict.STOLEN;
                },
                "thief");
        assertEquals(0, run());
        assertEquals(List.of(), seen);
    }

    @Test
    @Mechanism("D9")
    void aHookMayChangeThePacketItAccepts() {
        hooks.add(
                HookPoint.LOCAL_OUT,
                AddressFamily.INET,
                0,
                (skb, state, cpu) -> {
                    skb.mark(99);
                    return Verdict.ACCEPT;
                },
                "marker");
        run();
        assertEquals(List.of("output 99"), seen);
    }

    @Test
    @Mechanism("D9")
    void aHookMayAskToSeeThePacketAgainButNotForEver() {
        hooks.add(
                HookPoint.LOCAL_OUT,
                AddressFamily.INET,
                0,
                (skb, state, cpu) -> {
                    seen.add("asked");
                    return seen.size() < 3 ? Verdict.REPEAT : Verdict.ACCEPT;
                },
                "twice");
        run();
        assertEquals(List.of("asked", "asked", "asked", "output 1"), seen);
        hooks.add(HookPoint.LOCAL_OUT, AddressFamily.INET, -1, (s, st, cpu) -> Verdict.REPEAT, "endless");
        assertEquals(Errno.EPERM.negative(), run());
    }

    @Test
    @Mechanism({"D9", "D10"})
    void aQueuedPacketGoesOnBehindTheHookThatQueuedIt() {
        List<QueuedPacket> queue = new ArrayList<>();
        hooks.queueHandler((packet, cpu) -> queue.add(packet));
        add(0, "queues", Verdict.QUEUE);
        add(1, "behind", Verdict.ACCEPT);
        assertEquals(0, run());
        assertEquals(List.of("queues"), seen);
        queue.getFirst().reinject(Verdict.ACCEPT, net.cpu);
        assertEquals(List.of("queues", "behind", "output 1"), seen);
        assertThrows(IllegalStateException.class, () -> queue.getFirst().reinject(Verdict.DROP, net.cpu));
        run();
        queue.getLast().reinject(Verdict.DROP, net.cpu);
        assertEquals(1, net.dropped("NETFILTER_DROP"));
    }

    @Test
    @Mechanism("D9")
    void withoutAQueueHandlerAQueuedPacketIsDropped() {
        add(0, "queues", Verdict.QUEUE);
        run();
        assertEquals(1, net.dropped("NETFILTER_NO_QUEUE"));
    }

    @Test
    void aHookThatWasRemovedDoesNotRunForPacketsThatWaited() {
        List<QueuedPacket> queue = new ArrayList<>();
        hooks.queueHandler((packet, cpu) -> queue.add(packet));
        add(0, "queues", Verdict.QUEUE);
        Registration behind =
                hooks.add(HookPoint.LOCAL_OUT, AddressFamily.INET, 1, says("behind", Verdict.DROP), "test");
        run();
        behind.close();
        queue.getFirst().reinject(Verdict.ACCEPT, net.cpu);
        assertEquals(List.of("queues", "output 1"), seen);
    }

    @Test
    void aHookThatThrowsLosesThePacketWithItsName() {
        hooks.add(
                HookPoint.LOCAL_OUT,
                AddressFamily.INET,
                0,
                (skb, state, cpu) -> {
                    throw new IllegalStateException("made by the test");
                },
                "firewall 3.1");
        assertEquals(Errno.EPERM.negative(), run());
        assertEquals(1, net.dropped("HANDLER_FAILED_FIREWALL"));
    }

    @Test
    void aHookMaySendAPacketItself() {
        hooks.add(
                HookPoint.LOCAL_OUT,
                AddressFamily.INET,
                0,
                (skb, state, cpu) -> {
                    if (seen.size() < 3) {
                        seen.add("before " + state.point());
                        run(HookPoint.POST_ROUTING);
                        seen.add("after " + state.point());
                    }
                    return Verdict.ACCEPT;
                },
                "sender");
        hooks.add(HookPoint.POST_ROUTING, AddressFamily.INET, 0, says("post", Verdict.ACCEPT), "post");
        run();
        assertEquals(List.of("before LOCAL_OUT", "post", "output 1", "after LOCAL_OUT", "output 1"), seen);
    }
}
