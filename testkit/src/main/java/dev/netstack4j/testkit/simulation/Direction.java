package dev.netstack4j.testkit.simulation;

import java.util.Locale;

/// One direction of a link. Instants are computed: a frame begins when the one before it has ended, and arrives whole
/// a delay after its own end.
final class Direction {
    /// Preamble and start delimiter 8, check sequence 4, gap 12.
    private static final int OVERHEAD = 24;
    private static final int LEAST = 60;

    final SimNode from;
    final SimNode to;
    private final SimLink link;
    private final int number;
    private final Network network;
    private final FrameTrace trace;
    private final Chance chance;
    private final long[] counts = new long[FrameFate.values().length];
    private LinkShape shape = LinkShape.PERFECT;
    private long busyUntil;
    private long lastArrival;

    Direction(SimLink link, int number, SimNode from, SimNode to, Simulation simulation) {
        this.link = link;
        this.number = number;
        this.from = from;
        this.to = to;
        this.network = simulation.network();
        this.trace = simulation.trace();
        this.chance = new Chance(simulation.seed() * 0x9E37_79B9_7F4A_7C15L + number);
    }

    void shape(LinkShape newShape) {
        shape = newShape;
    }

    LinkShape shape() {
        return shape;
    }

    long count(FrameFate fate) {
        return counts[fate.ordinal()];
    }

    /// Takes a frame.
    ///
    /// @return false when the sender has to wait: it is called when there is room
    boolean send(Frame frame) {
        long now = network.now();
        boolean full = isFull(now);
        if (full && shape.holds) {
            network.at(
                    busyUntil - shape.nanosFor(shape.queue / 2),
                    () -> link.portOf(from).roomInLink());
            return false;
        }
        enter(frame, full, now);
        return true;
    }

    /// Takes a frame from a sender that does not wait.
    void sendOrDrop(Frame frame) {
        long now = network.now();
        enter(frame, isFull(now), now);
    }

    private boolean isFull(long now) {
        return shape.rate > 0 && busyUntil - now > shape.nanosFor(shape.queue);
    }

    private void enter(Frame frame, boolean full, long now) {
        tell(FrameFate.SENT, frame);
        if (!link.isPassable()) {
            tell(FrameFate.CUT, frame);
        } else if (full) {
            tell(FrameFate.QUEUE_FULL, frame);
        } else {
            pass(frame, now);
        }
    }

    private void pass(Frame frame, long now) {
        int length = frame.bytes().length;
        long ended = Math.max(now, busyUntil) + shape.nanosFor(Math.max(length, LEAST) + (long) OVERHEAD);
        busyUntil = ended;
        if (chance.loses(shape)) {
            tell(FrameFate.LOST, frame);
            return;
        }
        int bit = chance.wrongBit(shape, length);
        Frame arriving = bit < 0 ? frame : frame.withBit(bit, shape.badFcs);
        if (arriving != frame) {
            tell(FrameFate.CORRUPTED, arriving);
        }
        long arrival = arrival(ended, arriving);
        network.at(arrival, () -> arrive(arriving));
        if (chance.duplicates(shape)) {
            tell(FrameFate.DUPLICATED, arriving);
            network.at(arrival, () -> arrive(arriving));
        }
    }

    private long arrival(long ended, Frame frame) {
        long inOrder = Math.max(lastArrival, ended + shape.delay + chance.jitter(shape));
        long behind = chance.behind(shape);
        if (behind > 0) {
            tell(FrameFate.REORDERED, frame);
            return inOrder + behind;
        }
        lastArrival = inOrder;
        return inOrder;
    }

    private void arrive(Frame frame) {
        boolean apart = to instanceof SimHost host && host.isApartFrom(frame.origin());
        if (apart || !link.isPassable() || !link.portOf(to).isThere()) {
            tell(FrameFate.CUT, frame);
            return;
        }
        tell(FrameFate.ARRIVED, frame);
        link.portOf(to).arrived(frame);
    }

    private void tell(FrameFate fate, Frame frame) {
        counts[fate.ordinal()]++;
        trace.add(number, new FrameEvent(network.now(), link.name(), from.name(), to.name(), fate, frame.bytes()));
    }

    @Override
    public String toString() {
        StringBuilder s =
                new StringBuilder(from.name()).append(" > ").append(to.name()).append(':');
        for (FrameFate f : FrameFate.values()) {
            if (count(f) > 0) {
                s.append(' ').append(count(f)).append(' ').append(f.name().toLowerCase(Locale.ROOT));
            }
        }
        return s.toString();
    }
}
