package dev.netstack4j.testkit.script.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A packet, layer by layer from the outside; layers that the script leaves out are filled in when it is built.
///
/// @param layers from the outermost one that the script speaks of
public record Packet(List<Layer> layers) {
    /// The layer of a kind; null when there is none.
    public @Nullable Layer layer(String kind) {
        for (Layer l : layers) {
            if (l.kind().equals(kind)) {
                return l;
            }
        }
        return null;
    }

    /// The innermost layer.
    public Layer innermost() {
        return layers.getLast();
    }

    /// The same packet with one layer changed.
    public Packet with(Layer from, Layer to) {
        List<Layer> changed = new ArrayList<>(layers);
        changed.set(layers.indexOf(from), to);
        return new Packet(List.copyOf(changed));
    }
}
