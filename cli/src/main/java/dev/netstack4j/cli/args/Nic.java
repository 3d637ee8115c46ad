package dev.netstack4j.cli.args;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import java.util.Map;

/// A network card to be plugged in.
///
/// @param bus  kind of the bus, with options of the bus
/// @param name driver, or device model of the bus
public record Nic(KindWithOptions bus, String name) {
    /// The kind of bus whose devices are part of this program.
    public static final String EMULATED = "emulated";

    private static final Map<String, String> EMULATED_MODELS = Map.of("e1000", "82540em", "igb", "82576");

    /// Tells a builder which bus will be used.
    public StackBuilder announce(StackBuilder builder) {
        return builder.bus(bus.kind(), bus.options());
    }

    /// Plugs it in.
    ///
    /// @param options of the device
    public NetDevice plug(Stack stack, Map<String, String> options, Wire wire) throws NetException {
        String model = bus.kind().equals(EMULATED) ? EMULATED_MODELS.getOrDefault(name, name) : name;
        return stack.hardware().plug(bus.kind(), model, options, wire);
    }
}
