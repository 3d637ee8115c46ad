package dev.netstack4j.proto.ipv4.route;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.proto.ipv4.header.Ipv4Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A routing table: one small hash table per prefix length that occurs, asked from the longest to the shortest.
/// Immutable; a change makes a new one. Looking up allocates nothing.
@Linux("net/ipv4/fib_trie.c#fib_table_lookup")
public final class Fib {
    /// Without routes.
    public static final Fib EMPTY = new Fib(List.of());

    private final List<Route> routes;
    private final PerLength[] lengths;

    /// Of these routes.
    public Fib(List<Route> routes) {
        List<Route> sorted = new ArrayList<>(routes);
        sorted.sort(Comparator.comparingInt(Route::length)
                .reversed()
                .thenComparing(Route::network, Integer::compareUnsigned)
                .thenComparingInt(Route::metric));
        this.routes = List.copyOf(sorted);
        List<PerLength> tables = new ArrayList<>();
        int from = 0;
        while (from < sorted.size()) {
            int to = from;
            while (to < sorted.size()
                    && sorted.get(to).length() == sorted.get(from).length()) {
                to++;
            }
            tables.add(new PerLength(sorted.subList(from, to)));
            from = to;
        }
        lengths = tables.toArray(PerLength[]::new);
    }

    /// All routes: longest prefix first, then by address and metric.
    public List<Route> routes() {
        return routes;
    }

    /// The best route to an address.
    ///
    /// @param ifIndex only routes by this device; 0 for any
    /// @return null when there is none
    public @Nullable Route lookup(int address, int ifIndex) {
        for (PerLength t : lengths) {
            Route r = t.find(address, ifIndex);
            if (r != null) {
                return r;
            }
        }
        return null;
    }

    /// The routes of one prefix length: open addressing over the network bits; routes of one prefix lie behind each
    /// other, best first.
    private static final class PerLength {
        private final int mask;
        private final int slotMask;
        private final int[] first;
        private final Route[] routes;

        PerLength(List<Route> sorted) {
            mask = Ipv4Address.mask(sorted.getFirst().length());
            routes = sorted.toArray(Route[]::new);
            int slots = Integer.highestOneBit(routes.length) << 2;
            slotMask = slots - 1;
            first = new int[slots];
            for (int i = 0; i < routes.length; i++) {
                if (i == 0 || routes[i].network() != routes[i - 1].network()) {
                    put(i);
                }
            }
        }

        private void put(int i) {
            int slot = slot(routes[i].network());
            while (first[slot] != 0) {
                slot = slot + 1 & slotMask;
            }
            first[slot] = i + 1;
        }

        private int slot(int network) {
            int h = network * 0x9E37_79B1;
            return (h ^ h >>> 15) & slotMask;
        }

        @Nullable
        Route find(int address, int ifIndex) {
            int network = address & mask;
            for (int slot = slot(network); first[slot] != 0; slot = slot + 1 & slotMask) {
                int i = first[slot] - 1;
                if (routes[i].network() == network) {
                    return ifIndex == 0 ? routes[i] : byDevice(i, network, ifIndex);
                }
            }
            return null;
        }

        private @Nullable Route byDevice(int from, int network, int ifIndex) {
            for (int i = from; i < routes.length && routes[i].network() == network; i++) {
                if (routes[i].device().ifIndex() == ifIndex) {
                    return routes[i];
                }
            }
            return null;
        }
    }
}
