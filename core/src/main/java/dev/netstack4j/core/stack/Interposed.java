package dev.netstack4j.core.stack;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciInterposer;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.core.registry.Contributed;
import java.util.ArrayList;
import java.util.List;

/// A device behind the interposers of its stack. Under the control lock.
final class Interposed {
    private final Teardown ends;
    private PciDevice seen;

    private Interposed(PciDevice device, String stack) {
        seen = device;
        ends = new Teardown(stack);
    }

    /// Puts all interposers between a device and its driver, in the order of assembly.
    ///
    /// @throws NetException when one cannot do what its options ask for; those before it are told that it is over
    static Interposed of(
            PciDevice device, String bus, List<Contributed<PciInterposer>> interposers, OptionTexts texts, String stack)
            throws NetException {
        Interposed made = new Interposed(device, stack);
        boolean whole = false;
        try {
            for (Contributed<PciInterposer> i : interposers) {
                made.add(i, bus, texts);
            }
            whole = true;
            return made;
        } catch (RuntimeException | LinkageError e) {
            throw new NetException(Errno.EIO, "interpose a device of bus '" + bus + "': it threw " + e, e);
        } finally {
            if (!whole) {
                made.end();
            }
        }
    }

    private void add(Contributed<PciInterposer> i, String bus, OptionTexts texts) throws NetException {
        PciDevice given = i.instance().interpose(seen, bus, texts.valuesFor(i.schema()));
        if (given != seen) {
            ends.push("ending interposer '" + i.key() + "'", () -> i.instance().unplugged(given));
        }
        seen = given;
    }

    /// The device that the driver sees.
    PciDevice device() {
        return seen;
    }

    /// The driver has let go of it.
    void end() {
        ends.run();
    }

    /// The options that the interposers take.
    static List<OptionSchema> schemas(List<Contributed<PciInterposer>> interposers) {
        List<OptionSchema> all = new ArrayList<>();
        interposers.forEach(i -> all.add(i.schema()));
        return all;
    }
}
