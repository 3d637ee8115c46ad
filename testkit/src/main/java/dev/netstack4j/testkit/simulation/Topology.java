package dev.netstack4j.testkit.simulation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// What there is: hosts, switches, links, subnets, partitions.
final class Topology {
    private static final int MOST_HOSTS = 255;

    private final Simulation simulation;
    private final Map<String, SimHost> hosts = new LinkedHashMap<>();
    private final Map<String, SimSwitch> switches = new LinkedHashMap<>();
    private final Set<String> peers = new TreeSet<>();
    private final Map<String, SimLink> links = new LinkedHashMap<>();
    private final int[] group = new int[MOST_HOSTS + 1];
    private LinkShape defaultShape = LinkShape.PERFECT;
    private int groups;
    private int subnets;

    Topology(Simulation simulation) {
        this.simulation = simulation;
    }

    SimHost host(String name, Consumer<HostPlan> change) {
        checkFree(name);
        if (hosts.size() == MOST_HOSTS) {
            throw new IllegalStateException("a simulation has at most " + MOST_HOSTS + " hosts");
        }
        HostPlan plan = new HostPlan();
        change.accept(plan);
        SimHost host = new SimHost(simulation, name, hosts.size() + 1, plan);
        hosts.put(name, host);
        return host;
    }

    SimSwitch addSwitch(String name) {
        checkFree(name);
        SimSwitch made = new SimSwitch(simulation, name);
        switches.put(name, made);
        return made;
    }

    SimPeer peer(String name) {
        checkFree(name);
        SimPeer made = new SimPeer(simulation, name);
        peers.add(name);
        return made;
    }

    private void checkFree(String name) {
        if (hosts.containsKey(name) || switches.containsKey(name) || peers.contains(name)) {
            throw new IllegalArgumentException("there is a host, switch or peer '" + name + "' already");
        }
    }

    void defaultShape(LinkShape shape) {
        defaultShape = shape;
    }

    SimLink link(SimNode a, SimNode b) {
        Subnet subnet = subnet(a, b);
        SimLink link = new SimLink(simulation, linkName(a, b), links.size(), a, b);
        links.put(link.name(), link);
        link.shape(defaultShape);
        Port first = port(link, a);
        Port second = port(link, b);
        link.join(first, second);
        plug(link, a, first, subnet);
        plug(link, b, second, subnet);
        return link;
    }

    private String linkName(SimNode a, SimNode b) {
        String plain = a.name() + "-" + b.name();
        String name = plain;
        for (int n = 2; links.containsKey(name); n++) {
            name = plain + "-" + n;
        }
        return name;
    }

    private Subnet subnet(SimNode a, SimNode b) {
        if (a instanceof SimSwitch first && b instanceof SimSwitch second) {
            second.join(first);
        }
        return a instanceof SimSwitch s ? s.subnet() : b instanceof SimSwitch s ? s.subnet() : newSubnet();
    }

    Subnet newSubnet() {
        return new Subnet(subnets++);
    }

    private Port port(SimLink link, SimNode node) {
        return switch (node) {
            case SimHost h -> new Station(h, link, simulation.network());
            case SimSwitch s -> s.addPort(link);
            case SimPeer p -> p.join(link);
        };
    }

    private static void plug(SimLink link, SimNode node, Port port, Subnet subnet) {
        if (node instanceof SimHost host && port instanceof Station end) {
            host.plug(link, end, subnet);
        } else if (node instanceof SimPeer peer) {
            peer.address(subnet.next().address());
        }
    }

    List<SimHost> hosts() {
        return List.copyOf(hosts.values());
    }

    List<SimLink> links() {
        return List.copyOf(links.values());
    }

    SimHost host(String name) {
        SimHost found = hosts.get(name);
        if (found == null) {
            throw new IllegalArgumentException("there is no host '" + name + "'; there are: " + hosts.keySet());
        }
        return found;
    }

    SimLink link(String name) {
        SimLink found = links.get(name);
        if (found == null) {
            throw new IllegalArgumentException("there is no link '" + name + "'; there are: " + links.keySet());
        }
        return found;
    }

    // ---- partitions

    void partition(SimHost... apart) {
        groups++;
        for (SimHost h : apart) {
            group[h.number()] = groups;
        }
    }

    void heal() {
        Arrays.fill(group, 0);
        groups = 0;
    }

    boolean areApart(int host, int other) {
        return group[host] != group[other];
    }
}
