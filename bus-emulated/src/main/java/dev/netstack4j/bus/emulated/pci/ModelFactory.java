package dev.netstack4j.bus.emulated.pci;

/// Makes one chip of a model.
@FunctionalInterface
public interface ModelFactory {
    /// A chip in the state of power-up, not yet attached to its wire.
    DeviceModel create(ModelContext context);
}
