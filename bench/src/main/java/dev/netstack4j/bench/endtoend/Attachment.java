package dev.netstack4j.bench.endtoend;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.stack.Stack;
import java.util.Map;
import java.util.TreeMap;

/// How the measured stack reaches the host's kernel.
public final class Attachment {
    private Attachment() {}

    /// Makes a device, gives it its address and brings it up.
    ///
    /// @param spec `KIND:TAP:OWN-ADDRESS/LEN[:HOST-ADDRESS/LEN]`; the kind is `tap` (nic-tap), `tap-mtu` (the same
    ///     without offloads), `igb` or `e1000` (emulated, on wire-tap)
    public static void attach(Stack stack, String spec) throws NetException {
        String[] given = spec.split(":", -1);
        Map<String, String> options = new TreeMap<>(Map.of("name", given[1]));
        if (given.length > 3) {
            options.put("address", given[3]);
        }
        NetDevice device = device(stack, given[0], options);
        stack.ipv4().addAddress(device, IpPrefix.parse(given[2]));
        stack.links().up(device);
    }

    private static NetDevice device(Stack stack, String kind, Map<String, String> options) throws NetException {
        switch (kind) {
            case "tap" -> {
                return stack.hardware().link("tap", options);
            }
            case "tap-mtu" -> {
                options.put("offloads", "false");
                return stack.hardware().link("tap", options);
            }
            default -> {
                Wire wire = stack.hardware().wire("tap", options);
                String model = kind.equals("igb") ? "82576" : "82540em";
                return stack.hardware().plug("emulated", model, Map.of(), wire);
            }
        }
    }
}
