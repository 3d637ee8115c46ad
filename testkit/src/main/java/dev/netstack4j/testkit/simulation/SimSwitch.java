package dev.netstack4j.testkit.simulation;

import dev.netstack4j.api.address.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An Ethernet switch that learns: it notes behind which port an address sends, forwards to that port alone, and to all
/// others while it does not know. Frames are stored whole, then forwarded at once; where they wait is the queue of the
/// link that they leave by. Frames with a bad check sequence end here. Switches must not be joined in a circle. Made by
/// [Simulation#addSwitch].
public final class SimSwitch implements SimNode {
    private static final long AGE_NANOS = 300_000_000_000L;

    private final String name;
    private final Simulation simulation;
    private final List<SwitchPort> ports = new ArrayList<>();
    private final Map<Long, Learned> table = new TreeMap<>();
    private @Nullable Subnet subnet;

    SimSwitch(Simulation simulation, String name) {
        this.simulation = simulation;
        this.name = name;
    }

    private record Learned(SwitchPort port, long nanos) {}

    @Override
    public String name() {
        return name;
    }

    /// The link behind which an address was last seen, at most 300 s ago; null when it is not known.
    public @Nullable SimLink learned(MacAddress address) {
        SwitchPort port = portOf(address.bits());
        return port == null ? null : port.link;
    }

    /// Forgets what it has learned.
    public void forget() {
        table.clear();
    }

    // ---- inside

    Port addPort(SimLink link) {
        SwitchPort port = new SwitchPort(link);
        ports.add(port);
        return port;
    }

    Subnet subnet() {
        if (subnet == null) {
            subnet = simulation.topology().newSubnet();
        }
        return subnet;
    }

    /// Takes the subnet of the switch that it is joined to.
    void join(SimSwitch other) {
        if (subnet != null && subnet != other.subnet()) {
            throw new IllegalStateException(
                    "join the switches " + other.name + " and " + name + " before hosts are joined to " + name);
        }
        subnet = other.subnet();
    }

    private @Nullable SwitchPort portOf(long address) {
        Learned found = table.get(address);
        return found == null || simulation.nowNanos() - found.nanos > AGE_NANOS ? null : found.port;
    }

    private void forward(SwitchPort in, Frame frame) {
        byte[] f = frame.bytes();
        if (frame.badFcs() || f.length < 14) {
            return;
        }
        long source = address(f, 6);
        if ((source >> 40 & 1) == 0) {
            table.put(source, new Learned(in, simulation.nowNanos()));
        }
        long destination = address(f, 0);
        SwitchPort known = (destination >> 40 & 1) != 0 ? null : portOf(destination);
        if (known != null && known != in) {
            known.send(frame);
        } else if (known == null) {
            flood(in, frame);
        }
    }

    private void flood(SwitchPort in, Frame frame) {
        for (SwitchPort p : ports) {
            if (p != in) {
                p.send(frame);
            }
        }
    }

    private static long address(byte[] f, int at) {
        long bits = 0;
        for (int i = at; i < at + 6; i++) {
            bits = bits << 8 | f[i] & 0xFF;
        }
        return bits;
    }

    private final class SwitchPort implements Port {
        private final SimLink link;

        SwitchPort(SimLink link) {
            this.link = link;
        }

        /// A switch does not wait for room: `full=hold` is as `full=drop` here.
        void send(Frame frame) {
            link.outOf(SimSwitch.this).sendOrDrop(frame);
        }

        @Override
        public void arrived(Frame frame) {
            forward(this, frame);
        }

        @Override
        public boolean isThere() {
            return true;
        }

        @Override
        public void linkChanged() {}

        @Override
        public void roomInLink() {}
    }
}
