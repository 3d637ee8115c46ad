package dev.netstack4j.bus.emulated.cable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.bus.emulated.bench.Bytes;
import dev.netstack4j.bus.emulated.bench.Card;
import dev.netstack4j.bus.emulated.bench.Host;
import dev.netstack4j.bus.emulated.bench.SharedRuntime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CableTest {
    private final SharedRuntime runtime = new SharedRuntime();
    private final Host a = new Host("a", runtime, "identity");
    private final Host b = new Host("b", runtime, "identity");

    /// A device that writes down when frames come.
    private final class Sink implements WireReceiver {
        final List<Long> instants = new ArrayList<>();
        final List<byte[]> frames = new ArrayList<>();
        int badFcs;
        int room = Integer.MAX_VALUE;
        int resumed;
        boolean up;

        @Override
        public int receive(FrameBatch batch) {
            int n = Math.min(room, batch.size());
            room -= n;
            for (int f = 0; f < n; f++) {
                byte[] bytes = new byte[batch.frameLength(f)];
                batch.copyFrame(f, Bytes.segment(bytes), 0, bytes.length);
                frames.add(bytes);
                instants.add(runtime.time.nanos());
                badFcs += (batch.flags(f) & FrameBatch.BAD_FCS) != 0 ? 1 : 0;
            }
            return n;
        }

        @Override
        public void resume() {
            resumed++;
        }

        @Override
        public void linkChanged(boolean now) {
            up = now;
        }
    }

    private final Sink left = new Sink();
    private final Sink right = new Sink();

    private Wire[] join(String... options) throws NetException {
        List<String> all = new ArrayList<>(List.of("name", "x"));
        all.addAll(List.of(options));
        Wire[] ends = {a.cable(all.toArray(String[]::new)), b.cable(all.toArray(String[]::new))};
        ends[0].attach(left);
        ends[1].attach(right);
        return ends;
    }

    private static FrameBatch batch(int count, int length) {
        FrameBatch batch = new FrameBatch(count, count);
        for (int i = 0; i < count; i++) {
            batch.addPiece(Bytes.segment(Bytes.frame(length, i)), 0, length);
            batch.endFrame();
        }
        return batch;
    }

    @Test
    void the_link_is_up_while_both_ends_have_a_device() throws NetException {
        Wire one = a.cable("name", "x");
        one.attach(left);
        assertFalse(one.isUp() || left.up);
        Wire two = b.cable("name", "x");
        assertFalse(left.up);
        two.attach(right);
        assertTrue(one.isUp() && two.isUp() && left.up && right.up);
        NetException e = assertThrows(NetException.class, () -> a.cable("name", "x"));
        assertTrue(e.getMessage().contains("third end"), e.getMessage());
        two.close();
        assertFalse(one.isUp() || left.up);
        assertEquals(1, one.transmit(batch(1, 60)), "frames into an open cable are lost");
        Wire three = b.cable("name", "x");
        three.attach(right);
        assertTrue(left.up);
    }

    @Test
    void without_rate_delay_and_loss_frames_are_handed_over_at_once() throws NetException {
        Wire[] ends = join();
        assertEquals(3, ends[0].transmit(batch(3, 60)));
        assertEquals(3, right.frames.size());
        right.room = 1;
        assertEquals(1, ends[0].transmit(batch(3, 60)));
        ends[1].resume();
        assertEquals(1, left.resumed);
        assertEquals(0, runtime.engines.count());
    }

    @Test
    void a_delay_is_exact() throws NetException {
        Wire[] ends = join("delay", "20ms");
        long sent = runtime.time.nanos();
        ends[0].transmit(batch(2, 60));
        runtime.engines.advance(5_000_000);
        ends[0].transmit(batch(1, 60));
        runtime.engines.advance(100_000_000);
        assertEquals(List.of(sent + 20_000_000, sent + 20_000_000, sent + 25_000_000), right.instants);
        assertArrayEquals(Bytes.frame(60, 1), right.frames.get(1));
    }

    @Test
    @Mechanism("I14")
    void a_rate_counts_preamble_check_sequence_and_gap() throws NetException {
        Wire[] ends = join("rate", "1gbit", "delay", "1ms");
        long sent = runtime.time.nanos();
        assertEquals(10, ends[0].transmit(batch(10, 60)));
        runtime.engines.advance(10_000_000);
        for (int i = 0; i < 10; i++) {
            assertEquals(
                    sent + 1_000_000 + 672L * (i + 1), right.instants.get(i), "1,488,095 frames of 64 bytes a second");
        }
    }

    @Test
    @Mechanism("I15")
    void a_sender_faster_than_the_rate_holds_and_goes_on() throws NetException {
        Wire[] ends = join("rate", "100mbit");
        int sent = 0;
        long begin = runtime.time.nanos();
        while (sent < 1000) {
            int taken = ends[0].transmit(batch(Math.min(100, 1000 - sent), 1500));
            sent += taken;
            int before = left.resumed;
            while (sent < 1000 && left.resumed == before) {
                long next = runtime.engines.nextDeadline();
                assertTrue(next != Long.MAX_VALUE, "somebody has to wake the sender");
                runtime.engines.advance(Math.max(0, next - runtime.time.nanos()));
            }
        }
        runtime.engines.advance(1_000_000_000);
        assertEquals(1000, right.frames.size());
        assertEquals(begin + 1000L * 121_920, right.instants.getLast(), "never idle, never faster");
    }

    @Test
    void a_receiver_that_holds_stops_the_line_and_loses_nothing() throws NetException {
        Wire[] ends = join("delay", "1ms");
        right.room = 5;
        ends[0].transmit(batch(20, 100));
        runtime.engines.advance(10_000_000);
        assertEquals(5, right.frames.size());
        right.room = 100;
        ends[1].resume();
        runtime.engines.settle();
        assertEquals(20, right.frames.size());
        for (int i = 0; i < 20; i++) {
            assertArrayEquals(Bytes.frame(100, i), right.frames.get(i));
        }
    }

    @Test
    void the_memory_of_the_line_wraps_and_holds_when_it_is_full() throws NetException {
        Wire[] ends = join("delay", "1ms", "loss", "0");
        int sent = 0;
        for (int round = 0; round < 40; round++) {
            int taken = ends[0].transmit(batch(1000, 1514));
            sent += taken;
            runtime.engines.advance(2_000_000);
            assertEquals(sent, right.frames.size());
            right.frames.clear();
            sent = 0;
        }
    }

    @Test
    void loss_and_corruption_come_at_their_share_and_the_same_in_every_run() throws NetException {
        Wire[] ends = join("loss", "10%", "corrupt", "5%");
        for (int i = 0; i < 100; i++) {
            assertEquals(100, ends[0].transmit(batch(100, 60)));
            runtime.engines.settle();
        }
        assertEquals(9000, right.frames.size(), 120);
        assertEquals(450, right.badFcs, 70);
    }

    @Test
    @Mechanism({"I13", "I21"})
    void two_cards_on_a_cable_lose_nothing_with_flow_control_and_something_without() throws NetException {
        assertEquals(0, missed(true));
        assertTrue(missed(false) > 0);
    }

    private int missed(boolean flowControl) throws NetException {
        String name = "flow " + flowControl;
        Card from = new Card(a, a.plug(a.cable("name", name)), List.of(IrqKind.INTX));
        Card to = new Card(b, b.plug(b.cable("name", name), "mac", Bytes.MAC), List.of(IrqKind.INTX));
        from.linkUp();
        to.linkUp();
        from.transmitRing(512);
        to.receiveRing(32, Card.RCTL);
        if (flowControl) {
            to.w(0x0000, to.r(0x0000) | 1 << 28);
            to.w(0x2168, 0x8000);
            to.w(0x2160, 0x4000);
        }
        for (int i = 0; i < 300; i++) {
            from.legacy(Bytes.frame(1000, i));
        }
        from.send();
        int got = 0;
        while (to.hasNext()) {
            byte[] expected = Bytes.frame(1000, got);
            byte[] bytes = to.next().bytes();
            if (flowControl) {
                assertArrayEquals(expected, bytes, "frame " + got);
            }
            got++;
            to.post(1);
            to.settle();
        }
        int missed = to.r(0x4010);
        assertEquals(300, got + missed);
        a.bus.unplug(from.device);
        b.bus.unplug(to.device);
        return missed;
    }
}
