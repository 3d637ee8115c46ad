package dev.netstack4j.systemtests.exploration;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.systemtests.exploration.RacyNic.Bug;
import dev.netstack4j.testkit.explore.Choices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Two CPUs enqueue to a qdisc, each of them or NET_TX runs it, and the device stops and wakes its queue meanwhile.
class QdiscRacesTest {
    private static final int SCHEDULES = 60;
    private static final int SENDERS = 2;
    private static final int PACKETS = 5;
    private static final int SENDER_STEP = 100;

    private static void sending(VirtualRuntime runtime, Choices choices) throws Exception {
        Stack stack = Races.whole(runtime);
        RacyNic nic = new RacyNic(stack, Bug.NONE);
        runtime.runDue();
        choices.begin();
        for (int i = 0; i < SENDERS; i++) {
            int first = i * SENDER_STEP;
            runtime.start("sender" + i, () -> send(stack, nic.device, PACKETS, first));
        }
        choices.end();
        judge(stack, nic);
        Races.close(stack);
    }

    /// The queue is stopped and woken from outside, on both CPUs: each wake schedules the qdisc.
    private static void pausing(VirtualRuntime runtime, Choices choices) throws Exception {
        Stack stack = Races.whole(runtime);
        SilentNic nic = new SilentNic(stack);
        stack.links().up(nic.device);
        runtime.runDue();
        int before = nic.packets;
        choices.begin();
        for (int i = 0; i < 2; i++) {
            runtime.start("pauses" + i, () -> pause(stack, nic.device));
        }
        runtime.start("sender", () -> send(stack, nic.device, 1, 0));
        choices.end();
        if (stack.packets().live() != 0) {
            throw new AssertionError(stack.packets().live() + " packets lie in the qdisc, and nobody runs it; "
                    + (nic.packets - before) + " were sent");
        }
        Races.close(stack);
    }

    private static void pause(Stack stack, NetDevice device) {
        Races.onCpu(stack, cpu -> {
            device.txQueue(0).stop();
            device.txQueue(0).wake(cpu);
        });
    }

    private static void send(Stack stack, NetDevice device, int count, int first) {
        for (int i = 0; i < count; i++) {
            int number = first + i;
            Races.onCpu(stack, cpu -> {
                SkBuff skb = stack.packets().alloc(100, cpu);
                if (skb == null) {
                    throw new IllegalStateException("no memory");
                }
                skb.put(60);
                skb.dev(device);
                skb.mark(number);
                stack.service(LinkLayer.class).devQueueXmit(skb, cpu);
            });
        }
    }

    private static void judge(Stack stack, RacyNic nic) {
        if (stack.packets().live() != 0) {
            throw new AssertionError(stack.packets().live() + " packets lie in the qdisc, and nobody runs it");
        }
        for (int s = 0; s < SENDERS; s++) {
            List<Integer> sent = new ArrayList<>();
            for (int number : nic.marks) {
                if (number / SENDER_STEP == s) {
                    sent.add(number % SENDER_STEP);
                }
            }
            if (!sent.equals(List.of(0, 1, 2, 3, 4))) {
                throw new AssertionError("the packets of sender " + s + " left as " + sent);
            }
        }
    }

    @Test
    void noPacketIsLeftInAQdiscWhoseQueueIsStoppedAndWokenByOthers() {
        Races.check("netif_schedule against netif_schedule", SCHEDULES, QdiscRacesTest::pausing);
    }

    @Test
    void noPacketIsLeftInAQdiscAndNoneOvertakesAnother() {
        Races.check("qdisc run against netif_schedule", SCHEDULES, QdiscRacesTest::sending);
    }
}
