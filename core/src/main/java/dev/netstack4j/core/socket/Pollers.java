package dev.netstack4j.core.socket;

import dev.netstack4j.api.socket.SockListener;
import java.util.Arrays;

/// Arrays of poll calls, copied on change.
final class Pollers {
    private Pollers() {}

    static SockListener[] plus(SockListener[] array, SockListener one) {
        SockListener[] longer = Arrays.copyOf(array, array.length + 1);
        longer[array.length] = one;
        return longer;
    }

    static SockListener[] minus(SockListener[] array, SockListener one) {
        int at = Arrays.asList(array).indexOf(one);
        if (at < 0) {
            return array;
        }
        SockListener[] shorter = Arrays.copyOf(array, array.length - 1);
        System.arraycopy(array, at + 1, shorter, at, array.length - at - 1);
        return shorter;
    }
}
