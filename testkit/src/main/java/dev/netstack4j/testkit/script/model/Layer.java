package dev.netstack4j.testkit.script.model;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One layer of a packet: what the script says of its fields, or what a real packet has in them.
///
/// @param kind   `eth`, `arp`, `ip`, `tcp`, `udp`, `icmp` or `raw`
/// @param flow   name of the connection, empty for the unnamed one
/// @param fields by the names of [Fields]
/// @param place  where it stands
public record Layer(String kind, String flow, Map<String, Value> fields, Place place) {
    /// A field; null when nothing is said of it.
    public @Nullable Value get(String field) {
        return fields.get(field);
    }

    /// A number; `otherwise` when nothing is said of it, or no number.
    public long number(String field, long otherwise) {
        return fields.get(field) instanceof Value.Exact n ? n.value() : otherwise;
    }

    /// The same layer with one field changed; null takes it out.
    public Layer with(String field, @Nullable Value value) {
        Map<String, Value> changed = new TreeMap<>(fields);
        if (value == null) {
            changed.remove(field);
        } else {
            changed.put(field, value);
        }
        return new Layer(kind, flow, changed, place);
    }
}
