package dev.netstack4j.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockContext;
import dev.netstack4j.api.socket.SocketOption;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Ownership, backlog and memory of one socket.
class SockStateTest {
    private final SocketHost h = new SocketHost();
    private Cpu cpu;
    private PipeSock sock;
    private SockContext context;
    private ConsumeReason done;

    @BeforeEach
    void a_socket_and_a_cpu() {
        int fd = h.stream();
        sock = h.sock(fd);
        context = sock.context();
        done = h.ledger.consume("TEST_DONE", "used by the test");
        cpu = h.host.cpus().enter();
    }

    @AfterEach
    void nothing_leaks() {
        h.host.cpus().leave(cpu);
        h.assertNoLeak();
    }

    private SkBuff packet(int size) {
        return h.pool.alloc(size, cpu);
    }

    @Test
    void only_one_owns_it() {
        assertTrue(context.tryOwn(cpu));
        assertFalse(context.tryOwn(cpu));
        assertTrue(context.isOwned());
        context.release(cpu);
        assertFalse(context.isOwned());
        assertTrue(context.tryOwn(cpu));
        context.release(cpu);
    }

    @Test
    void what_comes_while_it_is_owned_is_taken_on_release_in_order() {
        context.tryOwn(cpu);
        SkBuff first = packet(10);
        SkBuff second = packet(10);
        assertTrue(context.backlog(first, cpu));
        assertTrue(context.backlog(second, cpu));
        assertEquals(0, sock.receiveQueue().length());
        context.release(cpu);
        assertEquals(2, sock.backlogged);
        assertEquals(first, sock.receiveQueue().peek());
        assertEquals(second, sock.receiveQueue().peekTail());
        assertFalse(context.isOwned());
    }

    @Test
    void when_the_owner_has_just_gone_the_packet_is_handed_over_at_once() {
        assertTrue(context.backlog(packet(10), cpu));
        assertEquals(1, sock.backlogged);
        assertFalse(context.isOwned());
        context.defer(PipeSock.PEER_ENDED, cpu);
        assertEquals(Sock.RCV_SHUTDOWN, sock.shutdown());
        assertFalse(context.isOwned());
    }

    @Test
    void bits_left_for_the_owner_act_on_release() {
        context.tryOwn(cpu);
        context.defer(PipeSock.PEER_ENDED, cpu);
        context.defer(PipeSock.CONNECTED, cpu);
        assertEquals(0, sock.shutdown());
        context.release(cpu);
        assertEquals(Sock.RCV_SHUTDOWN, sock.shutdown());
        assertTrue(sock.connected);
    }

    @Test
    void a_full_backlog_refuses_and_the_packet_stays_with_the_caller() {
        sock.settings().receiveBuffer = 2304;
        sock.settings().sendBuffer = 4608;
        context.tryOwn(cpu);
        int taken = 0;
        SkBuff skb = packet(2000);
        while (context.backlog(skb, cpu)) {
            taken++;
            skb = packet(2000);
        }
        skb.consume(done, cpu);
        assertTrue(taken >= 10 && taken < 60, "" + taken);
        context.release(cpu);
        assertEquals(taken, sock.backlogged);
        context.tryOwn(cpu);
        assertTrue(context.backlog(packet(2000), cpu), "room is back when the backlog was emptied");
        context.release(cpu);
    }

    @Test
    @Mechanism("E16")
    void a_packet_whose_handler_throws_is_reclaimed() {
        sock.name = "throws";
        context.tryOwn(cpu);
        context.backlog(packet(10), cpu);
        context.backlog(packet(10), cpu);
        context.release(cpu);
        assertFalse(context.isOwned());
        assertEquals(2, h.ledger.dropped("SOCKET_HANDLER_THREW"));
    }

    @Test
    @Mechanism("A11")
    void memory_is_charged_by_truesize_until_the_packet_is_freed() {
        SkBuff sent = packet(1);
        SkBuff received = packet(1);
        context.ownerWrite(sent);
        context.ownerRead(received);
        assertEquals(sent.truesize(), context.writeAllocated());
        assertTrue(context.writeAllocated() > 200, "a tiny packet costs its truesize, not its length");
        assertEquals(received.truesize(), context.readAllocated());
        sent.consume(done, cpu);
        received.orphan(cpu);
        assertEquals(0, context.writeAllocated());
        assertEquals(0, context.readAllocated());
        received.consume(done, cpu);
    }

    @Test
    @Mechanism("A11")
    void the_charge_that_is_given_back_is_the_one_that_was_taken() {
        SkBuff skb = packet(200);
        skb.reserve(10);
        skb.put(20);
        context.ownerWrite(skb);
        int charged = skb.charged();
        assertTrue(skb.makeHeadWritable(2000, cpu));
        assertTrue(skb.truesize() > charged);
        skb.consume(done, cpu);
        assertEquals(0, context.writeAllocated());
    }

    @Test
    @Mechanism("B9")
    void writers_are_woken_when_half_of_the_send_buffer_is_free() {
        sock.settings().sendBuffer = 8192;
        int[] woken = {0};
        context.listener((s, events, c) -> woken[0]++);
        SkBuff first = packet(2000);
        SkBuff second = packet(2000);
        SkBuff third = packet(2000);
        context.ownerWrite(first);
        context.ownerWrite(second);
        context.ownerWrite(third);
        first.consume(done, cpu);
        assertEquals(0, woken[0], context.writeAllocated() + " bytes are charged still");
        second.consume(done, cpu);
        assertEquals(1, woken[0]);
        third.consume(done, cpu);
    }

    @Test
    void a_call_waits_for_its_turn_when_softirq_owns_the_socket() {
        context.tryOwn(cpu);
        h.host.cpus().leave(cpu);
        AtomicLong result = new AtomicLong(-1);
        AppThread caller = h.run(() -> result.set(
                h.calls.setsockopt(0, SocketOption.SOL_SOCKET, SocketOption.SO_PRIORITY, OptionValue.of(3))));
        assertFalse(caller.isDone());
        cpu = h.host.cpus().enter();
        context.release(cpu);
        h.host.cpus().leave(cpu);
        caller.join();
        cpu = h.host.cpus().enter();
        assertEquals(0, result.get());
        assertEquals(3, sock.settings().priority);
    }

    @Test
    void an_idle_socket_costs_little_and_a_message_can_be_used_again() {
        Message m = new Message().bytes(new byte[4], 0, 4);
        assertEquals(4, m.remaining());
        assertEquals(2, m.bytes(new byte[4], 1, 2).remaining());
    }
}
