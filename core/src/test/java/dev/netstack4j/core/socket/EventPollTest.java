package dev.netstack4j.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.socket.EventPoll;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.SocketOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventPollTest {
    private static final byte[] DATA = "hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final SocketHost host = new SocketHost();
    private final SocketCalls calls = host.calls;
    private final int[] pair = host.pair();
    private final EventPoll set = calls.eventPoll();
    private final int[] events = new int[4];
    private final long[] data = new long[4];

    @AfterEach
    void nothingLeaks() {
        set.close();
        host.assertNoLeak();
    }

    private void send() {
        assertEquals(DATA.length, calls.write(pair[0], DATA, 0, DATA.length));
    }

    private void read() {
        assertEquals(DATA.length, calls.read(pair[1], new byte[DATA.length], 0, DATA.length));
    }

    private int now() {
        return set.await(events, data, 0);
    }

    @Test
    void aLevelIsToldAsLongAsItHolds() {
        assertEquals(0, set.add(pair[1], PollEvents.IN, 77));
        assertEquals(0, now());
        send();
        assertEquals(1, now());
        assertEquals(PollEvents.IN, events[0]);
        assertEquals(77, data[0]);
        assertEquals(1, now(), "nobody has read it");
        read();
        assertEquals(0, now());
    }

    @Test
    void anEdgeIsToldOnceForEachArrival() {
        set.add(pair[1], PollEvents.IN | EventPoll.EDGE_TRIGGERED, 0);
        send();
        assertEquals(1, now());
        assertEquals(0, now(), "the same data");
        send();
        assertEquals(1, now(), "more data");
    }

    @Test
    void oneShotIsSilentUntilItIsModified() {
        set.add(pair[1], PollEvents.IN | EventPoll.ONE_SHOT, 1);
        send();
        assertEquals(1, now());
        send();
        assertEquals(0, now());
        assertEquals(0, set.modify(pair[1], PollEvents.IN | EventPoll.ONE_SHOT, 2));
        assertEquals(1, now());
        assertEquals(2, data[0]);
    }

    @Test
    void whatIsReadyAlreadyIsToldWhenItIsAdded() {
        send();
        set.add(pair[1], PollEvents.IN | EventPoll.EDGE_TRIGGERED, 0);
        assertEquals(1, now());
    }

    @Test
    void readyOnesTakeTurnsWhenThereIsRoomForFew() {
        set.add(pair[0], PollEvents.OUT, 10);
        set.add(pair[1], PollEvents.OUT, 11);
        int[] one = new int[1];
        long[] its = new long[1];
        assertEquals(1, set.await(one, its, 0));
        long first = its[0];
        assertEquals(1, set.await(one, its, 0));
        assertEquals(21, first + its[0], "both had their turn");
    }

    @Test
    void aWaitEndsWithTheEventWithItsTimeOrWithAnInterrupt() {
        set.add(pair[1], PollEvents.IN, 5);
        AtomicInteger result = new AtomicInteger(99);
        AppThread woken = host.run(() -> result.set(set.await(events, data, -1)));
        assertFalse(woken.isDone());
        send();
        host.runtime.runDue();
        assertTrue(woken.isDone());
        assertEquals(1, result.get());
        read();
        AppThread timed = host.run(() -> result.set(set.await(events, data, 1_000_000)));
        host.runtime.advance(999_999);
        assertFalse(timed.isDone());
        host.runtime.advance(1);
        assertEquals(0, result.get());
        AppThread interrupted = host.run(() -> result.set(set.await(events, data, -1)));
        interrupted.interrupt();
        host.runtime.runDue();
        assertEquals(Errno.EINTR.negative(), result.get());
    }

    @Test
    void aClosedDescriptorLeavesTheSetAndItsNumberMayComeAgain() {
        set.add(pair[1], PollEvents.IN, 1);
        send();
        assertEquals(0, calls.close(pair[1]));
        assertEquals(0, now());
        int again = host.stream();
        assertEquals(pair[1], again);
        assertEquals(0, set.add(again, PollEvents.IN, 2));
    }

    @Test
    void theSetAnswersItsErrors() {
        assertEquals(Errno.EBADF.negative(), set.add(99, PollEvents.IN, 0));
        assertEquals(Errno.ENOENT.negative(), set.modify(pair[0], PollEvents.IN, 0));
        assertEquals(Errno.ENOENT.negative(), set.remove(pair[0]));
        assertEquals(0, set.add(pair[0], PollEvents.IN, 0));
        assertEquals(Errno.EEXIST.negative(), set.add(pair[0], PollEvents.IN, 0));
        assertEquals(0, set.remove(pair[0]));
        AtomicInteger result = new AtomicInteger();
        AppThread waits = host.run(() -> result.set(set.await(events, data, -1)));
        set.close();
        host.runtime.runDue();
        assertTrue(waits.isDone());
        assertEquals(Errno.EBADF.negative(), result.get());
    }

    @Test
    void protocolZeroBecomesTheProtocolThatItStandsFor() {
        OptionValue v = new OptionValue();
        int fd = calls.socket(SocketHost.FAMILY, SocketHost.DGRAM, 0);
        assertEquals(0, calls.getsockopt(fd, SocketOption.SOL_SOCKET, SocketOption.SO_PROTOCOL, v));
        assertEquals(9, v.number());
    }

    @Test
    void aThreadTellsThatItWaits() {
        AtomicInteger waits = new AtomicInteger();
        AppThread reader =
                host.runtime.start("reader", () -> calls.read(pair[1], new byte[10], 0, 10), waits::incrementAndGet);
        host.runtime.runDue();
        assertEquals(1, waits.get());
        assertFalse(reader.isDone());
        send();
        host.runtime.runDue();
        assertTrue(reader.isDone());
    }
}
