package dev.netstack4j.testkit.fake;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.neighbour.Neighbour;
import dev.netstack4j.api.neighbour.NeighbourTable;
import dev.netstack4j.api.neighbour.NeighbourTables;
import dev.netstack4j.api.neighbour.NudState;
import dev.netstack4j.api.runtime.Cpu;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Neighbours that are always reachable and keep what is sent to them; the test frees it.
public final class FakeNeighbours implements NeighbourTables, NeighbourTable {
    private final Map<IpAddress, FakeNeighbour> entries = new LinkedHashMap<>();
    private final SkBuffQueue sent = new SkBuffQueue();

    /// Empty.
    public FakeNeighbours() {}

    /// Packets given to any neighbour.
    public SkBuffQueue sent() {
        return sent;
    }

    @Override
    public NeighbourTable table(AddressFamily family) {
        return this;
    }

    @Override
    public Neighbour resolve(IpAddress address, NetDevice device, Cpu cpu) {
        return entries.computeIfAbsent(address, a -> new FakeNeighbour(a, device));
    }

    @Override
    public @Nullable Neighbour find(IpAddress address, NetDevice device) {
        return entries.get(address);
    }

    @Override
    public void setPermanent(IpAddress address, NetDevice device, MacAddress mac, Cpu cpu) {
        resolve(address, device, cpu).update(mac, NudState.PERMANENT, true, cpu);
    }

    @Override
    public void remove(IpAddress address, NetDevice device, Cpu cpu) {
        entries.remove(address);
    }

    @Override
    public List<Neighbour> entries() {
        return List.copyOf(entries.values());
    }

    private final class FakeNeighbour implements Neighbour {
        private final IpAddress address;
        private final NetDevice device;
        private MacAddress mac = MacAddress.ZERO;
        private NudState state = NudState.REACHABLE;
        private long updatedNanos;

        FakeNeighbour(IpAddress address, NetDevice device) {
            this.address = address;
            this.device = device;
        }

        @Override
        public IpAddress address() {
            return address;
        }

        @Override
        public NetDevice device() {
            return device;
        }

        @Override
        public MacAddress macAddress() {
            return mac;
        }

        @Override
        public NudState state() {
            return state;
        }

        @Override
        public long updatedNanos() {
            return updatedNanos;
        }

        @Override
        public int output(SkBuff skb, Cpu cpu) {
            sent.addTail(skb);
            return 0;
        }

        @Override
        public void update(MacAddress newMac, NudState newState, boolean override, Cpu cpu) {
            if (!override && state.isValid() && !mac.equals(newMac)) {
                return;
            }
            updatedNanos = mac.equals(newMac) && state == newState ? updatedNanos : cpu.nowNanos();
            mac = newMac;
            state = newState;
        }

        @Override
        public void confirm(Cpu cpu) {}

        @Override
        public boolean isAlive() {
            return true;
        }
    }
}
