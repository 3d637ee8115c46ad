package dev.netstack4j.core.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeatTest {
    private static final Thread AGENT = new Thread(() -> {}, "agent");
    private static final Thread READER = new Thread(() -> {}, "reader");
    private static final Thread OTHER = new Thread(() -> {}, "other");

    private final Seat seat = new Seat(() -> 0);

    @BeforeEach
    void hasAnAgent() {
        seat.belongsTo(AGENT);
    }

    @Test
    void aThreadThatPassesAnEmptySeatLooksOnceInAWhile() {
        assertTrue(seat.visit(OTHER, 1_000_000));
        seat.leave();
        assertFalse(seat.visit(OTHER, 1_010_000));
        assertTrue(seat.visit(OTHER, 1_020_000));
    }

    @Test
    void nobodyLooksWhereSomebodySitsOrHasAskedForTheSeat() {
        assertTrue(seat.borrow(READER, 1_000_000));
        assertFalse(seat.visit(OTHER, 1_000_000));
        seat.leave();
        assertTrue(seat.sit(AGENT));
        assertTrue(seat.ask(READER, 1_000_000));
        assertFalse(seat.visit(OTHER, 1_000_000));
        seat.handOver();
        assertTrue(seat.visit(OTHER, 1_000_000));
    }

    @Test
    void aSeatWhoseAgentHasNotBegunIsLentAllTheSame() {
        assertTrue(seat.borrow(READER, 0));
        assertFalse(seat.sit(AGENT));
        seat.leave();
        assertTrue(seat.sit(AGENT));
    }

    @Test
    void beforeItHasAnAgentNobodySits() {
        Seat unowned = new Seat(() -> 0);
        assertFalse(unowned.borrow(READER, 0));
        assertFalse(unowned.visit(READER, 1_000_000));
    }
}
