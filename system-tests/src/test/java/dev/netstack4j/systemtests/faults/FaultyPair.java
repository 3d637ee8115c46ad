package dev.netstack4j.systemtests.faults;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.systemtests.support.LoggedErrors;
import dev.netstack4j.systemtests.walk.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Two hosts, usually in virtual time, of which the first has the card that is to break. Every access of the card to
/// memory is checked, and a mapping that is never undone is told at the end.
final class FaultyPair implements AutoCloseable {
    private static final int BYTES = 80_000;

    private final LoggedErrors log = new LoggedErrors();
    private final LoggedErrors drivers = LoggedErrors.ofAll("dev.netstack4j.nic");
    private final Pair.Card fitted;
    final Pair pair;

    FaultyPair(String model, String... options) throws Exception {
        this(false, model, options);
    }

    /// The same in real time.
    static FaultyPair real(String model) throws Exception {
        return new FaultyPair(true, model);
    }

    private FaultyPair(boolean real, String model, String... options) throws Exception {
        Map<String, String> all = new TreeMap<>(Map.of("dma", "checked"));
        for (String o : options) {
            all.put(o.substring(0, o.indexOf('=')), o.substring(o.indexOf('=') + 1));
        }
        if (model.equals("82576")) {
            all.putIfAbsent("queues", "2");
        }
        fitted = new Pair.Card("emulated", model, all);
        pair = real ? Pair.real(fitted) : Pair.virtual(fitted);
    }

    NetDevice card() {
        return pair.a.device("eth0");
    }

    /// Plugs in a card like the one that was there.
    void replug() throws NetException {
        pair.plugA(fitted);
        pair.comesTrue(() -> card().hasCarrier());
    }

    void inject(String fault) throws NetException {
        pair.a.hardware().inject(card(), fault);
    }

    /// A count of the chip or its driver.
    long count(String name) {
        return pair.a.links().stats(card()).chip().getOrDefault(name, 0L);
    }

    /// The sum of all counts whose name ends so.
    long sum(String end) {
        return pair.a.links().stats(card()).chip().entrySet().stream()
                .filter(e -> e.getKey().endsWith(end))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /// Moves bytes both ways, and compares them.
    void assertTrafficGoesOn() {
        byte[] bytes = new byte[BYTES];
        new SplittableRandom(BYTES).nextBytes(bytes);
        assertArrayEquals(bytes, pair.transfer(bytes));
        assertArrayEquals(bytes, pair.transferBack(bytes));
    }

    void pass(long nanos) {
        pair.runtime.pause(nanos);
    }

    /// What the drivers have told so far.
    List<String> told() {
        return drivers.lines();
    }

    /// Ends both hosts: all packets have ended, and nothing was warned of but by drivers.
    void assertEndsCleanly() {
        pair.close();
        List<String> others = new ArrayList<>(log.lines());
        others.removeAll(drivers.lines());
        assertEquals(List.of(), others);
    }

    @Override
    public void close() {
        log.close();
        drivers.close();
    }
}
