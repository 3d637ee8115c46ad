package dev.netstack4j.core.socket;

import dev.netstack4j.api.runtime.Cpu;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Arrays of pollers with holes: who leaves leaves a hole, who comes fills one, so that coming and going makes no
/// garbage. Changed under a lock; the holder publishes the array anew after each change, and readers, who need no lock,
/// skip holes.
final class Pollers {
    private Pollers() {}

    /// Adds one.
    ///
    /// @return what is to be published
    static @Nullable Poller[] plus(@Nullable Poller[] array, Poller one) {
        for (int i = 0; i < array.length; i++) {
            if (array[i] == null) {
                array[i] = one;
                return array;
            }
        }
        @Nullable Poller[] longer = Arrays.copyOf(array, array.length + 1);
        longer[array.length] = one;
        return longer;
    }

    /// Takes one away.
    ///
    /// @return what is to be published
    static @Nullable Poller[] minus(@Nullable Poller[] array, Poller one) {
        for (int i = 0; i < array.length; i++) {
            if (array[i] == one) {
                array[i] = null;
                return array;
            }
        }
        return array;
    }

    /// Tells all.
    static void tell(@Nullable Poller[] array, int events, Cpu cpu) {
        for (Poller p : array) {
            if (p != null) {
                p.happened(events, cpu);
            }
        }
    }
}
