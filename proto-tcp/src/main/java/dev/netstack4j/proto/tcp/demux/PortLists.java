package dev.netstack4j.proto.tcp.demux;

import dev.netstack4j.proto.tcp.control.PortHold;
import org.jspecify.annotations.Nullable;

/// A list of holds for each port. Guarded by the port table's lock.
final class PortLists {
    private static final int PAGE_BITS = 8;
    private static final int PAGE = 1 << PAGE_BITS;
    /// First holds; a page is made when one of its ports is first held.
    private final @Nullable PortHold[][] pages = new @Nullable PortHold[PAGE][0];

    @Nullable
    PortHold first(int port) {
        @Nullable PortHold[] page = pages[port >>> PAGE_BITS];
        return page.length == 0 ? null : page[port & PAGE - 1];
    }

    private void first(int port, @Nullable PortHold hold) {
        if (pages[port >>> PAGE_BITS].length == 0) {
            pages[port >>> PAGE_BITS] = new @Nullable PortHold[PAGE];
        }
        pages[port >>> PAGE_BITS][port & PAGE - 1] = hold;
    }

    void add(PortHold hold) {
        PortHold next = first(hold.port);
        hold.next = next;
        hold.previous = null;
        if (next != null) {
            next.previous = hold;
        }
        first(hold.port, hold);
    }

    /// Takes a hold out, if it is there.
    void remove(PortHold hold) {
        PortHold before = hold.previous;
        PortHold next = hold.next;
        if (before != null) {
            before.next = next;
        } else if (first(hold.port) == hold) {
            first(hold.port, next);
        }
        if (next != null) {
            next.previous = before;
        }
        hold.previous = null;
        hold.next = null;
    }
}
