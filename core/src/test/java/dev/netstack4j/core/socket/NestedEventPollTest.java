package dev.netstack4j.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.EventPoll;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.PollEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Sets as files: polled, and watched by other sets.
class NestedEventPollTest {
    private final SocketHost host = new SocketHost();
    private final SocketCalls calls = host.calls;
    private final int[] pair = host.pair();
    private final List<EventPoll> sets = new ArrayList<>();
    private final int[] events = new int[4];
    private final long[] data = new long[4];

    @AfterEach
    void nothingLeaks() {
        sets.forEach(EventPoll::close);
        host.assertNoLeak();
    }

    private EventPoll set() {
        EventPoll set = calls.eventPoll();
        sets.add(set);
        return set;
    }

    private void send() {
        assertEquals(1, calls.write(pair[0], new byte[1], 0, 1));
    }

    private void read() {
        assertEquals(1, calls.read(pair[1], new byte[1], 0, 1));
    }

    private int poll(EventPoll set) {
        int[] revents = new int[1];
        calls.poll(new int[] {set.fd()}, new int[] {PollEvents.IN}, revents, 0);
        return revents[0];
    }

    private int now(EventPoll set) {
        return set.await(events, data, 0);
    }

    @Test
    void aSetIsReadableWhileAWaitWouldTellSomething() {
        EventPoll set = set();
        set.add(pair[1], PollEvents.IN, 0);
        assertEquals(0, poll(set));
        send();
        assertEquals(PollEvents.IN, poll(set));
        assertEquals(1, now(set));
        assertEquals(PollEvents.IN, poll(set), "the level holds");
        read();
        assertEquals(0, poll(set));
        set.modify(pair[1], PollEvents.IN | EventPoll.EDGE_TRIGGERED, 0);
        send();
        assertEquals(PollEvents.IN, poll(set));
        assertEquals(1, now(set));
        assertEquals(0, poll(set), "the edge was told");
        read();
    }

    @Test
    void whoPollsASetIsWokenByWhatItWatches() {
        EventPoll inner = set();
        inner.add(pair[1], PollEvents.IN, 0);
        int fd = inner.fd();
        int[] revents = new int[1];
        AtomicInteger found = new AtomicInteger(-1);
        host.run(() -> found.set(calls.poll(new int[] {fd}, new int[] {PollEvents.IN}, revents, -1)));
        assertEquals(-1, found.get());
        send();
        host.runtime.runDue();
        assertEquals(1, found.get());
        assertEquals(PollEvents.IN, revents[0]);
        read();
    }

    @Test
    void whoWaitsForASetOfSetsIsWokenFromTheInnermost() {
        EventPoll inner = set();
        EventPoll middle = set();
        EventPoll outer = set();
        inner.add(pair[1], PollEvents.IN, 1);
        assertEquals(0, middle.add(inner.fd(), PollEvents.IN, 2));
        assertEquals(0, outer.add(middle.fd(), PollEvents.IN, 3));
        AtomicInteger told = new AtomicInteger(-1);
        host.run(() -> told.set(outer.await(events, data, -1)));
        assertEquals(-1, told.get());
        send();
        host.runtime.runDue();
        assertEquals(1, told.get());
        assertEquals(3, data[0]);
        assertEquals(1, now(outer));
        read();
        assertEquals(0, now(outer));
        assertEquals(0, outer.remove(middle.fd()));
        send();
        assertEquals(0, now(outer));
        read();
    }

    @Test
    void whatIsReadyAlreadyWakesWhoWaitsForTheOuterSet() {
        EventPoll inner = set();
        EventPoll outer = set();
        outer.add(inner.fd(), PollEvents.IN, 3);
        AtomicInteger told = new AtomicInteger(-1);
        host.run(() -> told.set(outer.await(events, data, -1)));
        send();
        inner.add(pair[1], PollEvents.IN, 1);
        host.runtime.runDue();
        assertEquals(1, told.get());
        read();
    }

    @Test
    void ringsAreRefused() {
        EventPoll a = set();
        EventPoll b = set();
        EventPoll c = set();
        assertEquals(Errno.EINVAL.negative(), a.add(a.fd(), PollEvents.IN, 0));
        assertEquals(0, a.add(b.fd(), PollEvents.IN, 0));
        assertEquals(Errno.EEXIST.negative(), a.add(b.fd(), PollEvents.IN, 0));
        assertEquals(Errno.ELOOP.negative(), b.add(a.fd(), PollEvents.IN, 0));
        assertEquals(0, b.add(c.fd(), PollEvents.IN, 0));
        assertEquals(Errno.ELOOP.negative(), c.add(a.fd(), PollEvents.IN, 0));
        assertEquals(0, a.add(c.fd(), PollEvents.IN, 0), "two ways to one set are no ring");
        a.remove(b.fd());
        assertEquals(0, b.add(a.fd(), PollEvents.IN, 0));
    }

    @Test
    void fiveSetsInARowAreTheMostWhicheverEndGrows() {
        EventPoll[] row = new EventPoll[6];
        for (int i = 0; i < row.length; i++) {
            row[i] = set();
        }
        for (int i = 0; i < 4; i++) {
            assertEquals(0, row[i].add(row[i + 1].fd(), PollEvents.IN, 0));
        }
        assertEquals(Errno.ELOOP.negative(), row[4].add(row[5].fd(), PollEvents.IN, 0));
        assertEquals(Errno.ELOOP.negative(), row[5].add(row[0].fd(), PollEvents.IN, 0));
        assertEquals(0, row[5].add(row[1].fd(), PollEvents.IN, 0));
        assertEquals(0, row[4].add(pair[1], PollEvents.IN, 0));
        send();
        assertEquals(1, now(row[0]));
        assertEquals(1, now(row[5]));
        read();
    }

    @Test
    void closingASetTakesItOutAndItsDescriptorIsNoSocket() {
        EventPoll inner = set();
        EventPoll outer = set();
        inner.add(pair[1], PollEvents.IN, 1);
        outer.add(inner.fd(), PollEvents.IN, 1);
        send();
        int fd = inner.fd();
        assertEquals(fd, inner.fd());
        assertEquals(Errno.ENOTSOCK.negative(), calls.listen(fd, 1));
        assertEquals(Errno.ENOTSOCK.negative(), calls.accept(fd));
        assertEquals(Errno.ENOTTY.negative(), calls.ioctl(fd, 0x541B, new OptionValue()));
        assertEquals(Errno.EINVAL.negative(), calls.read(fd, new byte[1], 0, 1));
        int second = calls.dup(fd);
        calls.close(fd);
        assertEquals(1, now(outer), "the duplicate keeps it");
        calls.close(second);
        assertEquals(0, now(outer));
        assertEquals(Errno.EBADF.negative(), now(inner));
        assertEquals(Errno.EBADF.negative(), inner.fd());
        assertTrue(calls.socket(SocketHost.FAMILY, SocketHost.STREAM, 0) >= 0);
        read();
    }
}
