package dev.netstack4j.core.stack;

import java.util.Map;

/// The buses that the builder named, each with its options as text.
///
/// @param byKind options by the kind of the bus
record BusOptions(Map<String, Map<String, String>> byKind) {
    Map<String, String> of(String kind) {
        return byKind.getOrDefault(kind, Map.of());
    }
}
