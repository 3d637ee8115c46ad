package dev.netstack4j.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.link.RxHandler;
import dev.netstack4j.api.runtime.Context;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.core.registry.CorePoints;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketTypesTest {
    private static final int TYPE = 0x88B5;

    private final NetHost net = new NetHost();
    private final List<String> seen = new ArrayList<>();
    private final PacketTypeTable table = net.part(PacketTypeTable.class);
    private final NetDevice eth0 = net.up("eth%d", new TestNic());
    private final NetDevice eth1 = net.up("eth%d", new TestNic());
    private final ConsumeReason done = net.host.ledger().consume("TEST_DONE", "seen by the test");

    @BeforeEach
    void softirq() {
        net.cpu.context(Context.SOFTIRQ);
    }

    @AfterEach
    void nothingLeaks() {
        net.host.assertNoLeak();
    }

    private PacketHandler handler(String name) {
        return (skb, device, original, cpu) -> {
            seen.add(name);
            skb.consume(done, cpu);
        };
    }

    private void receive(NetDevice device, int type) {
        net.link().netifReceive(net.received(device, type, 1), net.cpu);
    }

    @Test
    @Mechanism({"E1", "E5", "G7"})
    void aHandlerOfAThirdPartyEtherTypeReceivesUntilItIsRemoved() {
        try (Registration _ = table.add(TYPE, null, handler("mine"), "third-party 1.0")) {
            receive(eth0, TYPE);
            assertEquals(List.of("mine"), seen);
        }
        receive(eth0, TYPE);
        assertEquals(List.of("mine"), seen);
        assertEquals(1, net.cpus.graces, "removal waits until no CPU is in the handler");
        assertEquals(1, net.dropped("NET_UNHANDLED_PROTO"));
    }

    @Test
    @Mechanism("E1")
    void contributedHandlersAreThereFromTheStart() {
        net.contributions.add(
                CorePoints.PACKET_TYPE, "proto-x 1.0", CorePoints.etherType(TYPE), handler("contributed"));
        table.start();
        receive(eth0, TYPE);
        assertEquals(List.of("contributed"), seen);
    }

    @Test
    @Mechanism("E7")
    void aSecondOwnerIsRefusedWithBothNamesAndTheFirstGoesOn() {
        table.add(TYPE, null, handler("first"), "alpha 1.0");
        String message = assertThrows(
                        IllegalStateException.class, () -> table.add(TYPE, null, handler("second"), "beta 2.0"))
                .getMessage();
        assertTrue(message.contains("alpha 1.0") && message.contains("beta 2.0"), message);
        receive(eth0, TYPE);
        assertEquals(List.of("first"), seen);
    }

    @Test
    @Mechanism("E3")
    void aHandlerOfOneDeviceIsSilentForOthers() {
        table.add(TYPE, eth1, handler("eth1 only"), "test");
        receive(eth0, TYPE);
        assertEquals(List.of(), seen);
        receive(eth1, TYPE);
        assertEquals(List.of("eth1 only"), seen);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    @Mechanism("E4")
    void theLastOfSeveralHandlersGetsThePacketItself(int handlers) {
        for (int i = 0; i < handlers; i++) {
            table.add(TYPE, i == 0 ? null : eth0, handler("h" + i), "test");
        }
        receive(eth0, TYPE);
        assertEquals(handlers, seen.size());
        assertEquals(handlers - 1, net.host.ledger().cloned());
    }

    @Test
    @Mechanism("E4")
    void aSingleHandlerGetsTheVerySkb() {
        SkBuff sent = net.received(eth0, TYPE, 1);
        table.add(
                TYPE,
                null,
                (skb, d, o, cpu) -> {
                    assertSame(sent, skb);
                    skb.consume(done, cpu);
                },
                "test");
        net.link().netifReceive(sent, net.cpu);
        assertEquals(0, net.counter("Failures.test"));
    }

    @Test
    @Mechanism({"E2", "G11"})
    void tapsSeeReceivedFramesBeforeTheirHandlersAndSentOnesToo() {
        table.add(TYPE, null, handler("handler"), "test");
        table.add(
                EtherType.ALL,
                null,
                (skb, d, o, cpu) -> {
                    seen.add("tap " + skb.kind() + " " + (skb.networkHeader() - skb.macHeader()));
                    skb.consume(done, cpu);
                },
                "tap");
        receive(eth0, TYPE);
        TestNic nic = (TestNic) eth0.ops();
        net.send(net.frame(eth0, TYPE, 1));
        assertEquals(List.of("tap OTHERHOST 14", "handler", "tap OUTGOING 14"), seen, "both directions, marks alike");
        nic.complete(net.part(SentPacketsQueue.class), net.cpu);
    }

    @Test
    @Mechanism("G13")
    void theDevicesOwnHandlerStandsBetweenTapsAndProtocols() throws Exception {
        table.add(EtherType.ALL, null, handler("tap"), "tap");
        table.add(TYPE, null, handler("handler"), "test");
        net.link().rxHandler(eth0, (skb, cpu) -> {
            seen.add("bridge");
            skb.dev(eth1);
            return RxHandler.Result.ANOTHER;
        });
        receive(eth0, TYPE);
        assertEquals(List.of("tap", "bridge", "tap", "handler"), seen);
        net.link().rxHandler(eth0, null);
        seen.clear();
        receive(eth0, TYPE);
        assertEquals(List.of("tap", "handler"), seen);
    }

    @Test
    @Mechanism("G13")
    void framesThatGoRoundForEverAreDropped() throws Exception {
        net.link().rxHandler(eth0, (skb, cpu) -> RxHandler.Result.ANOTHER);
        receive(eth0, TYPE);
        assertEquals(1, net.dropped("NET_RX_LOOP"));
    }

    @Test
    @Mechanism("G15")
    void runtsAndUnknownTypesAreCounted() {
        SkBuff runt = net.host.packet(new byte[EthernetHeader.LENGTH]);
        EthernetHeader.typeTrans(runt, eth0);
        net.link().netifReceive(runt, net.cpu);
        receive(eth0, 0x9999);
        receive(eth0, 0x0100); // a length
        assertEquals(1, net.dropped("NET_RUNT"));
        assertEquals(2, net.dropped("NET_UNHANDLED_PROTO"));
    }

    @Test
    void aVlanTagMovesBesideTheBytesAndTheFrameIsForNobody() {
        table.add(
                TYPE,
                null,
                (skb, d, o, cpu) -> {
                    seen.add(skb.vlanTci() + " " + (skb.kind() == PacketKind.OTHERHOST));
                    skb.consume(done, cpu);
                },
                "test");
        SkBuff skb = net.received(eth0, EtherType.VLAN, 0);
        skb.put16(skb.data(), 7);
        skb.put16(skb.data() + 2, TYPE);
        net.link().netifReceive(skb, net.cpu);
        SkBuff cut = net.received(eth0, EtherType.VLAN, 0);
        cut.trim(3, net.cpu);
        net.link().netifReceive(cut, net.cpu);
        assertEquals(List.of("7 true"), seen);
        assertEquals(1, net.dropped("NET_VLAN_SHORT"));
    }

    @Test
    void aHandlerThatThrowsLosesItsPacketWithItsNameAndNothingElse() {
        table.add(
                TYPE,
                null,
                (skb, d, o, cpu) -> {
                    throw new NoClassDefFoundError("made by the test");
                },
                "proto-bad 1.0");
        receive(eth0, TYPE);
        receive(eth0, TYPE);
        assertEquals(2, net.dropped("HANDLER_FAILED_PROTO_BAD"));
        assertEquals(2, net.counter("Failures.proto-bad"));
    }

    @Test
    void whatAFailingHandlerHadGivenAwayIsLeftAlone() {
        SkBuffQueue kept = new SkBuffQueue();
        table.add(
                TYPE,
                null,
                (skb, d, o, cpu) -> {
                    if (kept.isEmpty()) {
                        kept.addTail(skb);
                    } else {
                        skb.handOver(); // as a driver does that has it in its ring
                    }
                    throw new IllegalStateException("made by the test");
                },
                "proto-bad");
        SkBuff inRing = net.received(eth0, TYPE, 2);
        receive(eth0, TYPE);
        net.link().netifReceive(inRing, net.cpu);
        assertEquals(0, net.dropped("HANDLER_FAILED_PROTO_BAD"));
        kept.consumeAll(done, net.cpu);
        inRing.consume(done, net.cpu);
    }

    @Test
    @Mechanism({"H1", "H2"})
    void interruptHandlersMustNotRunProtocols() {
        net.cpu.context(Context.HARDIRQ);
        SkBuff skb = net.received(eth0, TYPE, 1);
        assertThrows(IllegalStateException.class, () -> net.link().netifReceive(skb, net.cpu));
        assertThrows(IllegalStateException.class, () -> net.link().devQueueXmit(skb, net.cpu));
        net.cpu.context(Context.SOFTIRQ);
        skb.consume(done, net.cpu);
    }

    /// Takes lists; what the test does with them is in `body`.
    private record ListHandler(java.util.function.BiConsumer<SkBuffQueue, Cpu> body) implements PacketHandler {
        @Override
        public void receive(SkBuff skb, NetDevice device, NetDevice original, Cpu cpu) {
            throw new IllegalStateException("a list was expected");
        }

        @Override
        public void receiveList(SkBuffQueue list, NetDevice device, Cpu cpu) {
            body.accept(list, cpu);
        }
    }

    @Test
    void aListHandlerThatThrowsLosesItsListAndWhatItHadInHands() {
        table.add(
                TYPE,
                null,
                new ListHandler((list, cpu) -> {
                    list.poll().consume(done, cpu);
                    list.poll(); // in its hands
                    throw new IllegalStateException("made by the test");
                }),
                "proto-bad");
        for (int i = 0; i < 4; i++) {
            net.link().netifRx(net.received(eth0, TYPE, i), net.cpu);
        }
        net.cpus.runSoftIrqs();
        assertEquals(3, net.dropped("HANDLER_FAILED_PROTO_BAD"));
    }
}
