package dev.netstack4j.core.registry;

import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.spi.OptionSchema;
import java.util.List;
import java.util.function.Supplier;

/// One contribution of one module.
///
/// @param owner  the module with its version, for messages: `qdisc-tbf 0.1.0`
/// @param key    its key within the plug point
/// @param schema its options
/// @param ids    for PCI drivers, the devices served; empty otherwise
/// @param object the one object of this stack; available from start-up on
public record Contributed<T>(String owner, String key, OptionSchema schema, List<PciId> ids, Supplier<T> object) {
    /// The object.
    public T instance() {
        return object.get();
    }
}
