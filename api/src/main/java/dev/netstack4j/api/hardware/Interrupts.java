package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import java.util.List;

/// The interrupts of a stack, as `/proc/interrupts` and `/proc/irq/N/smp_affinity` show and move them. Any context.
@ProvidedByCore
@Linux("kernel/irq/proc.c#show_interrupts")
public interface Interrupts {
    /// Those that have a handler now, by number. [Irq#affinity(int)] moves one while it is in use.
    List<Irq> all();
}
