package dev.netstack4j.testkit.simulation.junit;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.simulation.HostPlan;
import dev.netstack4j.testkit.simulation.LinkShape;
import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.SimLink;
import dev.netstack4j.testkit.simulation.SimSwitch;
import dev.netstack4j.testkit.simulation.Simulation;
import org.jspecify.annotations.Nullable;

/// The network that [Simulated] describes.
///
/// @param lan the switch, when there are more than two hosts
record SimulatedNetwork(Simulation net, @Nullable SimSwitch lan) {
    static SimulatedNetwork build(Simulation net, Simulated wanted) {
        for (String name : wanted.hosts()) {
            net.host(name, plan -> addModules(plan, wanted.modules()));
        }
        net.defaultShape(LinkShape.of(wanted.link()));
        SimHost[] hosts = net.hosts().toArray(SimHost[]::new);
        if (hosts.length == 2) {
            net.link(hosts[0], hosts[1]);
        }
        return new SimulatedNetwork(net, hosts.length > 2 ? net.lan("lan", hosts) : null);
    }

    private static void addModules(HostPlan plan, Class<? extends StackModule>[] modules) {
        for (Class<? extends StackModule> c : modules) {
            try {
                plan.with(c.getConstructor().newInstance());
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(
                        "module " + c.getName() + " needs a public constructor without parameters", e);
            }
        }
    }

    /// What a parameter stands for.
    ///
    /// @throws IllegalArgumentException with a sentence when there is no such thing
    Object find(Class<?> type, String name) {
        if (type == Simulation.class) {
            return net;
        }
        if (type == SimHost.class) {
            return net.findHost(name);
        }
        return type == SimLink.class ? link(name) : lan();
    }

    private SimLink link(String name) {
        return net.links().size() == 1 ? net.links().get(0) : net.findLink(name);
    }

    @Override
    public SimSwitch lan() {
        if (lan == null) {
            throw new IllegalArgumentException("there is a switch only between more than two hosts");
        }
        return lan;
    }
}
