package dev.netstack4j.testkit.simulation;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.MacAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// An end of a link with no stack behind it: whoever holds it sends frames, and takes those that arrive. It gets an
/// address of the link's subnet as a host does, but answers no question for it. Made by [Simulation#peer]; packet
/// scripts are played from one by `ScriptRunner.in`.
public final class SimPeer implements SimNode {
    private final Simulation simulation;
    private final String name;
    private final Deque<Arrival> arrived = new ArrayDeque<>();
    private @Nullable SimLink link;
    private @Nullable IpAddress address;

    SimPeer(Simulation simulation, String name) {
        this.simulation = simulation;
        this.name = name;
    }

    /// A frame that arrived.
    ///
    /// @param nanos when, on the simulation's clock
    /// @param bytes from the Ethernet header on
    public record Arrival(long nanos, byte[] bytes) {}

    @Override
    public String name() {
        return name;
    }

    /// The address that its link keeps for it.
    public IpAddress address() {
        return linked(address);
    }

    /// Its link.
    public SimLink link() {
        return linked(link);
    }

    /// Whether its link leads to a switch, so that frames of others arrive too.
    public boolean isBehindSwitch() {
        return link().otherEnd(this) instanceof SimSwitch;
    }

    /// Sends a frame; a full queue drops it.
    ///
    /// @param frame from the Ethernet header on, without FCS
    public void send(byte[] frame) {
        link().outOf(this).sendOrDrop(new Frame(frame.clone(), 0, false, false));
    }

    /// Takes the frame that arrived first; null when there is none.
    public @Nullable Arrival poll() {
        return arrived.poll();
    }

    /// Whether a frame of a station has arrived and was not taken.
    ///
    /// @param sender of which station
    public boolean hasFrameOf(MacAddress sender) {
        arrived.removeIf(a -> !isOf(sender, a.bytes()));
        return !arrived.isEmpty();
    }

    private static boolean isOf(MacAddress sender, byte[] frame) {
        long source = 0;
        for (int i = 6; i < 12; i++) {
            source = source << 8 | frame[i] & 0xFF;
        }
        return source == sender.bits();
    }

    // ---- inside

    Port join(SimLink to) {
        if (link != null) {
            throw new IllegalStateException(name + " has a link already");
        }
        link = to;
        return new End();
    }

    void address(IpAddress given) {
        address = given;
    }

    private <T> T linked(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException(name + " has no link yet; make one with Simulation.link");
        }
        return part;
    }

    private final class End implements Port {
        @Override
        public void arrived(Frame frame) {
            if (!frame.badFcs()) {
                arrived.add(new Arrival(simulation.nowNanos(), frame.bytes()));
            }
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
