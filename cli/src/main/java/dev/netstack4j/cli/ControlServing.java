package dev.netstack4j.cli;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.cli.args.KindWithOptions;
import dev.netstack4j.cli.control.ControlAddress;
import dev.netstack4j.cli.control.ControlServer;
import dev.netstack4j.cli.control.host.HostPlan;
import dev.netstack4j.cli.control.link.LinkSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// `serve --control`: the stack for clients of the control socket.
final class ControlServing {
    private final ControlOptions options;
    private final long memory;
    private final UnaryOperator<StackBuilder> announce;
    private final HostPlan.Attach attach;

    /// @param memory   of the stack
    /// @param announce tells a builder what will be attached
    /// @param attach   what else the options ask for
    ControlServing(ControlOptions options, long memory, UnaryOperator<StackBuilder> announce, HostPlan.Attach attach) {
        this.announce = announce;
        this.options = options;
        this.memory = memory;
        this.attach = attach;
    }

    ControlServer start(String address) throws IOException, AssemblyException, NetException {
        try {
            return ControlServer.start(ControlAddress.parse(address, options.openToOthers), plan());
        } catch (IllegalArgumentException e) {
            throw new UserProblem(String.valueOf(e.getMessage()));
        }
    }

    private HostPlan plan() throws UserProblem {
        StackFactory factory = StackFactory.find();
        boolean virtual = options.clock == ControlOptions.Clock.virtual;
        return new HostPlan(
                factory,
                () -> announce.apply(Assembly.discover(factory).name("serve").memory(memory)),
                virtual,
                options.seed,
                links(),
                attach);
    }

    private List<LinkSettings> links() throws UserProblem {
        List<LinkSettings> links = new ArrayList<>();
        for (KindWithOptions w : options.controlled()) {
            links.add(link(w));
        }
        return links;
    }

    private static LinkSettings link(KindWithOptions w) throws UserProblem {
        String mode = w.options().getOrDefault("mode", "ethernet");
        String mtu = w.options().getOrDefault("mtu", "1500");
        for (String name : w.options().keySet()) {
            if (!List.of("name", "mode", "mtu", "mac").contains(name)) {
                throw new UserProblem("A control link has the options mode, mtu and mac, not '" + name + "'.");
            }
        }
        if (!mode.equals("ethernet") && !mode.equals("ip")) {
            throw new UserProblem("The mode of a control link is ip or ethernet, not '" + mode + "'.");
        }
        if (!mtu.matches("[0-9]{2,5}")
                || Integer.parseInt(mtu) < LinkSettings.LEAST_MTU
                || Integer.parseInt(mtu) > LinkSettings.MOST_MTU) {
            throw new UserProblem("The MTU of a control link is 68 to 65535, not '" + mtu + "'.");
        }
        String mac = w.options().get("mac");
        MacAddress address = mac == null ? MacAddress.ZERO : MacAddress.parse(mac);
        String name = w.options().getOrDefault("name", "net0");
        return new LinkSettings(name, mode.equals("ethernet"), Integer.parseInt(mtu), address, 0);
    }
}
