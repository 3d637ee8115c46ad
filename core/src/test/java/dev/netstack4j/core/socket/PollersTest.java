package dev.netstack4j.core.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.netstack4j.api.socket.PollEvents;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Who comes after somebody who left takes that place.
class PollersTest {
    private final Poller one = (events, cpu) -> {};
    private final Poller two = (events, cpu) -> {};
    private final Poller three = (events, cpu) -> {};

    @Test
    void comingAndGoingNeedsNoNewArray() {
        @Nullable Poller[] both = Pollers.plus(Pollers.plus(new @Nullable Poller[0], one), two);
        assertArrayEquals(new Poller[] {one, two}, both);
        assertSame(both, Pollers.minus(both, one));
        assertArrayEquals(new @Nullable Poller[] {null, two}, both);
        assertSame(both, Pollers.plus(both, three));
        assertArrayEquals(new Poller[] {three, two}, both);
    }

    @Test
    void whoIsInTwiceLeavesTwice() {
        @Nullable Poller[] twice = Pollers.plus(Pollers.plus(new @Nullable Poller[0], one), one);
        assertArrayEquals(new @Nullable Poller[] {null, one}, Pollers.minus(twice, one));
        assertArrayEquals(new @Nullable Poller[] {null, null}, Pollers.minus(twice, one));
    }

    @Test
    void whoIsNotInChangesNothing() {
        @Nullable Poller[] all = Pollers.plus(new @Nullable Poller[0], one);
        assertSame(all, Pollers.minus(all, two));
        assertArrayEquals(new Poller[] {one}, all);
    }

    @Test
    void allButHolesAreTold() {
        SocketHost host = new SocketHost();
        List<Integer> told = new ArrayList<>();
        Poller listening = (events, cpu) -> told.add(events);
        host.onCpu(cpu -> Pollers.tell(new @Nullable Poller[] {null, listening, null, listening}, PollEvents.IN, cpu));
        assertEquals(List.of(PollEvents.IN, PollEvents.IN), told);
        host.assertNoLeak();
    }
}
