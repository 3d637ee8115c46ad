package dev.netstack4j.core.registry;

import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.PlugPoint;
import java.util.List;
import java.util.stream.Collectors;

/// What a module declared for a plug point.
///
/// @param owner          the module
/// @param point          the plug point
/// @param key            key within it
/// @param schema         options
/// @param ids            for PCI drivers, the devices served
/// @param implementation the class of which the stack gets one object
public record Declaration(
        JoinedModule owner,
        PlugPoint<?> point,
        String key,
        OptionSchema schema,
        List<PciId> ids,
        Class<?> implementation) {
    /// A line of the bill of materials: `qdisc tbf (rate, burst, limit, latency)`.
    public String line() {
        String options = schema.options().stream().map(Option::name).collect(Collectors.joining(", "));
        String devices = ids.stream().map(PciId::toString).collect(Collectors.joining(", "));
        return point.name()
                + " "
                + key
                + (devices.isEmpty() ? "" : " [" + devices + "]")
                + (options.isEmpty() ? "" : " (" + options + ")");
    }
}
