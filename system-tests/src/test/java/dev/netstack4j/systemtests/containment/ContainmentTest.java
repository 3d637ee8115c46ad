package dev.netstack4j.systemtests.containment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.Netfilter;
import dev.netstack4j.api.qdisc.Qdiscs;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.systemtests.containment.FaultyModule.Faults;
import dev.netstack4j.systemtests.support.FrameBuilder;
import dev.netstack4j.systemtests.support.LoggedErrors;
import dev.netstack4j.systemtests.walk.Pair;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Parts of a module throw while packets pass through them, in whole stacks. Each packet that was lost in them is
/// dropped with a reason that names the module, the first failure is logged, and the stack goes on: a transfer
/// afterwards is right to the byte, and no packet leaks (which closing the pair checks).
class ContainmentTest {
    private static final int PACKETS = 50;

    private static byte[] bytes(int n) {
        byte[] b = new byte[n];
        new SplittableRandom(n).nextBytes(b);
        return b;
    }

    private static Faults faults(Stack stack, Fault fault) {
        Faults f = stack.service(Faults.class);
        f.fault = fault;
        return f;
    }

    private static void stillWorks(Pair pair) {
        byte[] sent = bytes(200_000);
        assertArrayEquals(sent, pair.transfer(sent));
    }

    /// Failures were logged, but not once a packet; they are told with the module's name.
    private static void loggedOnce(LoggedErrors errors, String who) {
        assertTrue(!errors.lines().isEmpty(), "nothing was logged");
        assertEquals(
                1,
                errors.lines().size(),
                () -> errors.lines().size() + " lines, first " + errors.lines().get(0));
        assertTrue(errors.lines().get(0).contains(who), () -> errors.lines().toString());
    }

    private static void lost(Fault fault, int packets, Stack stack, String reason) {
        long expected = fault == Fault.FREES_FIRST ? 0 : packets;
        assertEquals(
                expected,
                stack.packets().ledger().dropped(reason),
                () -> stack.packets().ledger().dropped().toString());
        assertTrue(stack.packets().isBalanced());
    }

    private static void sendFrames(Pair pair, int count, FrameBuilder frame) {
        pair.start("sender", () -> {
                    for (int i = 0; i < count; i++) {
                        sendOn(pair.b, pair.b.device("eth0"), frame);
                        pair.runtime.pause(i % 4 == 0 ? Pair.SECOND / 1000 : 1);
                    }
                    pair.runtime.pause(Pair.SECOND);
                })
                .join();
    }

    private static FrameBuilder frame(Pair pair, int etherType) {
        FrameBuilder f = new FrameBuilder();
        f.begin(new byte[1600]);
        return f.ethernet(
                pair.a.device("eth0").macAddress().bits(),
                pair.b.device("eth0").macAddress().bits(),
                etherType);
    }

    private static FrameBuilder ipFrame(Pair pair) {
        FrameBuilder f = frame(pair, 0x0800);
        f.ipv4(FaultyModule.PROTOCOL, 0x0A000002, 0x0A000001, 1, 0, new byte[0]).zeros(40);
        f.endIp();
        return f;
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void anEtherTypeHandlerThatThrowsCostsItsPackets(Fault fault) throws Exception {
        try (LoggedErrors errors = new LoggedErrors();
                Pair pair = Pair.virtual(new FaultyModule())) {
            Faults f = faults(pair.a, fault);
            sendFrames(pair, PACKETS, frame(pair, FaultyModule.ETHER_TYPE).zeros(60));
            assertEquals(PACKETS, f.struck);
            lost(fault, PACKETS, pair.a, FaultyModule.REASON);
            assertEquals(PACKETS, Pair.count(pair.a, "Failures.test-faulty"));
            loggedOnce(errors, "test-faulty 1.2.3");
            stillWorks(pair);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void anIpProtocolThatThrowsCostsItsPackets(Fault fault) throws Exception {
        try (LoggedErrors errors = new LoggedErrors();
                Pair pair = Pair.virtual(new FaultyModule())) {
            Faults f = faults(pair.a, fault);
            sendFrames(pair, PACKETS, ipFrame(pair));
            assertEquals(PACKETS, f.struck);
            String reason = "IP_PROTOCOL_FAILED_" + FaultyModule.PROTOCOL;
            lost(fault, PACKETS, pair.a, reason);
            pair.a.packets().ledger().dropReasons().stream()
                    .filter(r -> r.name().equals(reason))
                    .forEach(r -> assertTrue(r.description().contains("systemtests.containment"), r.description()));
            loggedOnce(errors, "systemtests.containment");
            stillWorks(pair);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RUNTIME", "LINKAGE"})
    void anEarlyDemuxThatThrowsDoesNotEndTheStack(Fault fault) throws Exception {
        try (LoggedErrors errors = new LoggedErrors();
                Pair pair = Pair.virtual(new FaultyModule())) {
            Faults f = faults(pair.a, fault);
            f.inEarlyDemux = true;
            sendFrames(pair, PACKETS, ipFrame(pair));
            assertTrue(f.struck >= PACKETS);
            assertTrue(pair.a.packets().isBalanced());
            assertTrue(!errors.lines().isEmpty());
            stillWorks(pair);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aQdiscThatThrowsWhileItTakesAPacketCostsThatPacket(Fault fault) throws Exception {
        try (LoggedErrors errors = new LoggedErrors();
                Pair pair = Pair.virtual(new FaultyModule())) {
            Faults f = faults(pair.b, fault);
            throughQdisc(pair);
            assertEquals(PACKETS / 3, f.struck);
            lost(fault, PACKETS / 3, pair.b, FaultyModule.REASON);
            loggedOnce(errors, "test-faulty 1.2.3");
            stillWorks(pair); // a byte stream gets through even this qdisc: what it loses is sent again
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RUNTIME", "LINKAGE"})
    void aQdiscThatThrowsWhileItGivesPacketsLosesNone(Fault fault) throws Exception {
        try (LoggedErrors errors = new LoggedErrors();
                Pair pair = Pair.virtual(new FaultyModule())) {
            Faults f = faults(pair.b, fault);
            f.inDequeue = true;
            throughQdisc(pair);
            assertTrue(f.struck > 0);
            loggedOnce(errors, "test-faulty 1.2.3");
            pair.b
                    .service(Qdiscs.class)
                    .replace(
                            pair.b.device("eth0"),
                            "pfifo_fast",
                            pair.b.service(Qdiscs.class).options("pfifo_fast").build());
            stillWorks(pair);
        }
    }

    private static void throughQdisc(Pair pair) throws Exception {
        stillWorks(pair); // and the neighbours know each other
        Options none = pair.b.service(Qdiscs.class).options(FaultyModule.QDISC).build();
        pair.b.service(Qdiscs.class).replace(pair.b.device("eth0"), FaultyModule.QDISC, none);
        FrameBuilder f = frame(pair, 0x88B6).zeros(60);
        sendFrames(pair, PACKETS, f);
    }

    @ParameterizedTest
    @EnumSource(
            value = HookPoint.class,
            names = {"PRE_ROUTING", "LOCAL_IN", "LOCAL_OUT", "POST_ROUTING"})
    void aHookThatThrowsCostsItsPackets(HookPoint point) throws Exception {
        for (Fault fault : Fault.values()) {
            try (LoggedErrors errors = new LoggedErrors();
                    Pair pair = Pair.virtual(new FaultyModule())) {
                Faults f = faults(pair.a, fault);
                Registration hook = pair.a
                        .service(Netfilter.class)
                        .add(
                                point,
                                AddressFamily.INET,
                                0,
                                (skb, state, cpu) -> {
                                    f.strike(skb, cpu);
                                    throw new IllegalStateException();
                                },
                                "test-faulty 1.2.3");
                datagrams(pair);
                hook.close();
                assertTrue(f.struck >= PACKETS, point + " saw " + f.struck);
                lost(fault, f.struck, pair.a, FaultyModule.REASON);
                loggedOnce(errors, "test-faulty 1.2.3");
                stillWorks(pair);
            }
        }
    }

    /// Datagrams in both directions.
    private static void datagrams(Pair pair) {
        pair.start("datagrams", () -> {
                    try (DatagramPort a = DatagramPort.bind(pair.a.sockets(), Pair.addressOf(1, 5000));
                            DatagramPort b = DatagramPort.bind(pair.b.sockets(), Pair.addressOf(2, 5000))) {
                        for (int i = 0; i < PACKETS; i++) {
                            send(a, 2);
                            send(b, 1);
                            pair.runtime.pause(Pair.SECOND / 100);
                        }
                    }
                    pair.runtime.pause(Pair.SECOND);
                })
                .join();
    }

    private static void send(DatagramPort from, int to) {
        try {
            from.send(new byte[100], 0, 100, Pair.addressOf(to, 5000));
        } catch (dev.netstack4j.api.error.NetException e) {
            // a hook on the way out lets the sender see EPERM
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aDriverThatThrowsWhileItSendsCostsItsPackets(Fault fault) throws Exception {
        try (LoggedErrors errors = new LoggedErrors();
                Pair pair = Pair.virtual(new FaultyModule())) {
            Faults f = faults(pair.b, fault);
            FaultyDevice bad = new FaultyDevice(pair.b, f);
            FrameBuilder frame = frame(pair, 0x88B6).zeros(60);
            pair.start("sender", () -> {
                        for (int i = 0; i < PACKETS; i++) {
                            sendOn(pair.b, bad.device, frame);
                        }
                        pair.runtime.pause(Pair.SECOND);
                    })
                    .join();
            assertEquals(PACKETS, f.struck);
            lost(fault, PACKETS, pair.b, "HANDLER_FAILED_SYSTEMTESTS_CONTAINMENT");
            loggedOnce(errors, "systemtests-containment");
            stillWorks(pair);
            pair.b.links().down(bad.device);
        }
    }

    /// Sends a frame as it is.
    private static void sendOn(Stack stack, NetDevice out, FrameBuilder frame) {
        Cpus cpus = stack.service(Cpus.class);
        Cpu cpu = cpus.enter();
        try {
            SkBuff skb = stack.packets().alloc(2048, cpu);
            skb.put(frame.length);
            skb.write(skb.data(), frame.bytes, 0, frame.length);
            skb.dev(out);
            skb.resetMacHeader();
            skb.networkHeader(skb.data() + FrameBuilder.ETHERNET);
            skb.protocol((frame.bytes[12] & 0xFF) << 8 | frame.bytes[13] & 0xFF);
            stack.service(LinkLayer.class).devQueueXmit(skb, cpu);
        } finally {
            cpus.leave(cpu);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RUNTIME", "LINKAGE"})
    void aPollThatThrowsIsTriedAgainButNotForEver(Fault fault) throws Exception {
        try (LoggedErrors errors = new LoggedErrors();
                Pair pair = Pair.virtual(new FaultyModule())) {
            FaultyDevice bad = new FaultyDevice(pair.b, faults(pair.b, fault));
            Timers timers = pair.b.service(Timers.class);
            pair.start("poller", () -> {
                        Cpus cpus = pair.b.service(Cpus.class);
                        Cpu entered = cpus.enter();
                        timers.exact("schedules the bad device", cpu -> bad.napi.schedule(cpu))
                                .arm(entered.nowNanos() + 1, entered);
                        cpus.leave(entered);
                        pair.runtime.pause(Pair.SECOND);
                    })
                    .join();
            assertTrue(bad.polls > 0 && bad.polls < 1000, bad.polls + " polls");
            loggedOnce(errors, "systemtests-containment");
            stillWorks(pair);
            pair.b.links().down(bad.device);
        }
    }
}
