package dev.netstack4j.core.net.device;

import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NapiPoll;

/// Makes NAPI contexts for devices, which need not know how polling works.
@FunctionalInterface
public interface NapiMaker {
    /// A context that is disabled.
    Napi make(Device device, String name, NapiPoll poll, int weight);
}
