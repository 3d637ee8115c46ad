package dev.netstack4j.core.socket;

import java.util.Arrays;

/// Arrays of pollers, copied on change.
final class Pollers {
    private Pollers() {}

    static Poller[] plus(Poller[] array, Poller one) {
        Poller[] longer = Arrays.copyOf(array, array.length + 1);
        longer[array.length] = one;
        return longer;
    }

    static Poller[] minus(Poller[] array, Poller one) {
        int at = Arrays.asList(array).indexOf(one);
        if (at < 0) {
            return array;
        }
        Poller[] shorter = Arrays.copyOf(array, array.length - 1);
        System.arraycopy(array, at + 1, shorter, at, array.length - at - 1);
        return shorter;
    }
}
