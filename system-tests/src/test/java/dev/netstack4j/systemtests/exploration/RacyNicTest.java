package dev.netstack4j.systemtests.exploration;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.systemtests.exploration.RacyNic.Bug;
import dev.netstack4j.testkit.explore.Choices;
import dev.netstack4j.testkit.explore.Explorer;
import dev.netstack4j.testkit.explore.FailedSchedule;
import dev.netstack4j.testkit.explore.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RacyNicTest {
    private static final int SCHEDULES = 100;
    private static final int PACKETS = 3;

    /// Frames arrive while polls complete.
    private static Scenario receiving(Bug bug) {
        return (runtime, choices) -> {
            Stack stack = Races.bare(runtime);
            RacyNic nic = new RacyNic(stack, bug);
            choices.begin();
            for (int i = 0; i < 3; i++) {
                runtime.start("arrival" + i, () -> nic.receive(1));
            }
            choices.end();
            if (nic.cleaned != 3) {
                throw new AssertionError("3 frames arrived, but " + nic.cleaned + " were polled");
            }
            Races.close(stack);
        };
    }

    /// Two senders over a ring of two: the queue stops and wakes.
    private static Scenario sending(Bug bug) {
        return (runtime, choices) -> {
            Stack stack = Races.bare(runtime);
            RacyNic nic = new RacyNic(stack, bug);
            choices.begin();
            for (int i = 0; i < 2; i++) {
                runtime.start("sender" + i, () -> send(stack, nic));
            }
            choices.end();
            long sent = stack.packets().live();
            if (sent != 0) {
                throw new AssertionError(sent + " packets were never sent");
            }
            Races.close(stack);
        };
    }

    private static void send(Stack stack, RacyNic nic) {
        for (int i = 0; i < PACKETS; i++) {
            Races.onCpu(stack, cpu -> {
                SkBuff skb = stack.packets().alloc(100, cpu);
                if (skb == null) {
                    throw new IllegalStateException("no memory");
                }
                skb.put(60);
                skb.dev(nic.device);
                stack.service(LinkLayer.class).devQueueXmit(skb, cpu);
            });
        }
    }

    /// The device goes down while packets are sent.
    private static void goingDown(VirtualRuntime runtime, Choices choices) throws Exception {
        Stack stack = Races.bare(runtime);
        RacyNic nic = new RacyNic(stack, Bug.NONE);
        choices.begin();
        runtime.start("sender", () -> send(stack, nic));
        runtime.start("down", () -> stack.links().down(nic.device));
        choices.end();
        if (stack.packets().live() != 0) {
            throw new AssertionError(stack.packets().live() + " packets stay in a device that is down");
        }
        Races.close(stack);
    }

    @Test
    void noFrameIsLostBetweenTheLastPollAndTheUnmasking() {
        Races.check("interrupt against NAPI completion", SCHEDULES, receiving(Bug.NONE));
    }

    @Test
    void noWakeIsLostWhenAQueueStopsWhilePacketsComplete() {
        Races.check("queue stop against wake", SCHEDULES, sending(Bug.NONE));
    }

    @Test
    void aDeviceThatGoesDownWhilePacketsAreSentKeepsNone() {
        Races.check("device down against transmit", SCHEDULES, RacyNicTest::goingDown);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aPlantedBugIsFoundWithinTwoThousandSchedulesAndShortened(Bug bug) {
        Scenario scenario = bug == Bug.NO_RECHECK_AFTER_UNMASK ? receiving(bug) : sending(bug);
        Explorer e = Explorer.of(bug.toString(), scenario).schedules(2000);
        FailedSchedule found = e.search();
        assertNotNull(found, bug + " was not found");
        System.out.println("exploration: " + bug + " found by schedule " + found.found() + ", shortened from "
                + found.originalSize() + " to " + found.schedule() + ": " + found.steps() + " "
                + found.cause().getMessage());
        assertTrue(found.schedule().size() <= 8, found.schedule().toString());
        assertNotNull(Explorer.of(bug.toString(), scenario).replay(found.schedule()));
    }
}
