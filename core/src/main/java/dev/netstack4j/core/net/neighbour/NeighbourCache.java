package dev.netstack4j.core.net.neighbour;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.neighbour.Neighbour;
import dev.netstack4j.api.neighbour.NeighbourOps;
import dev.netstack4j.api.neighbour.NeighbourTable;
import dev.netstack4j.api.neighbour.NudState;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.core.net.failure.FailureSite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The neighbours of one family. Existing entries are found without lock or allocation.
@Linux("net/core/neighbour.c#neigh_table_init")
public final class NeighbourCache implements NeighbourTable {
    private static final long IDLE_NANOS = 5_000_000_000L;

    private final AddressFamily family;
    private final NeighbourServices services;
    private final NeighbourSettings settings;
    private final NeighbourBuckets buckets;
    private final SpinLock lock;
    private final SkBuffQueue[] scratch; // by CPU
    private volatile @Nullable Asker asker;
    private long lastCollectionNanos;

    /// @param cpus number of CPUs
    public NeighbourCache(AddressFamily family, NeighbourServices services, int cpus) {
        this.family = family;
        this.services = services;
        settings = new NeighbourSettings(family, services.sysctls, services.random.stream("neigh.reachable." + family));
        buckets = new NeighbourBuckets(
                services.random.stream("neigh.hash." + family).nextLong());
        lock = services.sync.spinLock("neighbours-" + family);
        scratch = new SkBuffQueue[cpus];
        for (int i = 0; i < cpus; i++) {
            scratch[i] = new SkBuffQueue();
        }
    }

    private record Asker(NeighbourOps ops, FailureSite site) {}

    /// The family it is for.
    public AddressFamily family() {
        return family;
    }

    /// How its neighbours are asked for.
    public void ops(NeighbourOps ops, FailureSite site) {
        asker = new Asker(ops, site);
    }

    NeighbourSettings settings() {
        return settings;
    }

    /// An empty list for what a call on this CPU has to drop.
    SkBuffQueue scratch(Cpu cpu) {
        return scratch[cpu.id()];
    }

    // ---- asking, with no lock held

    int etherType() {
        Asker a = asker;
        if (a == null) {
            return family.equals(AddressFamily.INET6) ? EtherType.IPV6 : EtherType.IPV4;
        }
        return a.ops().etherType();
    }

    void solicit(NeighbourEntry entry, @Nullable SkBuff shown, Cpu cpu) {
        Asker a = asker;
        if (a == null) {
            return;
        }
        try {
            a.ops().solicit(entry, shown, cpu);
        } catch (Throwable t) {
            a.site().failed("solicit", t, cpu);
        }
    }

    void failed(NeighbourEntry entry, SkBuff lost, Cpu cpu) {
        Asker a = asker;
        if (a == null) {
            return;
        }
        try {
            a.ops().failed(entry, lost, cpu);
        } catch (Throwable t) {
            a.site().failed("failed", t, cpu);
        }
    }

    // ---- entries

    @Override
    public @Nullable Neighbour find(IpAddress address, NetDevice device) {
        return buckets.find(address, device);
    }

    @Override
    @Linux("net/core/neighbour.c#__neigh_create")
    public @Nullable Neighbour resolve(IpAddress address, NetDevice device, Cpu cpu) {
        NeighbourEntry known = buckets.find(address, device);
        return known != null ? known : create(address, device, cpu);
    }

    private @Nullable NeighbourEntry create(IpAddress address, NetDevice device, Cpu cpu) {
        if (!makeRoom(cpu)) {
            services.overflows.increment(cpu);
            return null;
        }
        NeighbourEntry fresh = new NeighbourEntry(this, services, address, device, cpu.nowNanos());
        MacAddress fixed = fixedAddress(address, device, cpu);
        if (fixed != null) {
            fresh.fix(fixed, NudState.NOARP, cpu);
        }
        lock.lock();
        NeighbourEntry other = buckets.find(address, device);
        if (other == null) {
            buckets.add(fresh);
        }
        lock.unlock();
        return other == null ? fresh : other;
    }

    private @Nullable MacAddress fixedAddress(IpAddress address, NetDevice device, Cpu cpu) {
        if ((device.config().flags() & (DeviceFlags.LOOPBACK | DeviceFlags.NOARP)) != 0) {
            return device.macAddress();
        }
        Asker a = asker;
        try {
            long bits = a == null ? -1 : a.ops().fixedMac(address, device);
            return bits < 0 ? null : MacAddress.of(bits);
        } catch (Throwable t) {
            if (a != null) {
                a.site().failed("fixedMac", t, cpu);
            }
            return null;
        }
    }

    @Override
    public void setPermanent(IpAddress address, NetDevice device, MacAddress mac, Cpu cpu) {
        NeighbourEntry known = buckets.find(address, device);
        NeighbourEntry entry = known != null ? known : create(address, device, cpu);
        if (entry != null) {
            entry.fix(mac, NudState.PERMANENT, cpu);
        }
    }

    @Override
    public void remove(IpAddress address, NetDevice device, Cpu cpu) {
        NeighbourEntry entry = buckets.find(address, device);
        if (entry != null) {
            forget(entry, cpu);
        }
    }

    private void forget(NeighbourEntry entry, Cpu cpu) {
        lock.lock();
        buckets.remove(entry);
        lock.unlock();
        entry.die(services.gone, cpu);
    }

    /// Forgets every neighbour behind a device.
    @Linux("net/core/neighbour.c#neigh_ifdown")
    public void flush(NetDevice device, Cpu cpu) {
        for (NeighbourEntry e : buckets.all()) {
            if (e.device() == device) {
                forget(e, cpu);
            }
        }
    }

    // ---- keeping it small

    /// Makes room for one more.
    ///
    /// @return false when the table is full of neighbours in use
    @Linux("net/core/neighbour.c#neigh_alloc")
    private boolean makeRoom(Cpu cpu) {
        int size = buckets.size();
        long now = cpu.nowNanos();
        boolean due = now - lastCollectionNanos >= IDLE_NANOS;
        if (size >= settings.most() || size >= settings.many() && due) {
            lastCollectionNanos = now;
            collect(now, cpu);
        }
        return buckets.size() < settings.most();
    }

    /// Forgets the oldest of those that are not in use, down to the number that is never collected.
    @Linux("net/core/neighbour.c#neigh_forced_gc")
    private void collect(long now, Cpu cpu) {
        List<NeighbourEntry> oldest = new ArrayList<>();
        for (NeighbourEntry e : buckets.all()) {
            if (e.isForgettable(now, IDLE_NANOS)) {
                oldest.add(e);
            }
        }
        oldest.sort(Comparator.comparingLong(NeighbourEntry::usedNanos)
                .thenComparing(Comparator.comparingLong(e -> e.address().low())));
        int excess = buckets.size() - settings.least();
        for (NeighbourEntry e : oldest.subList(0, Math.clamp(excess, 0, oldest.size()))) {
            forget(e, cpu);
        }
    }

    @Override
    public List<Neighbour> entries() {
        List<NeighbourEntry> all = buckets.all();
        all.sort(Comparator.comparingLong((NeighbourEntry e) -> e.address().high())
                .thenComparing((a, b) ->
                        Long.compareUnsigned(a.address().low(), b.address().low()))
                .thenComparingInt(e -> e.device().ifIndex()));
        return List.copyOf(all);
    }
}
