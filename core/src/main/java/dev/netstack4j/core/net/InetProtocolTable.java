package dev.netstack4j.core.net;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.protocol.InetProtocols;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.spi.Lifecycle;
import dev.netstack4j.core.registry.Contributed;
import dev.netstack4j.core.registry.ContributionTable;
import dev.netstack4j.core.registry.CorePoints;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// The protocols above IP: an array per family, replaced as a whole on change.
@Singleton
public final class InetProtocolTable implements InetProtocols, Lifecycle {
    private static final System.Logger LOG = System.getLogger(InetProtocolTable.class.getName());
    private static final int FAMILIES = 64;
    private static final int NUMBERS = 256;

    private final ContributionTable contributions;
    private final ControlLock control;
    private final Cpus cpus;
    private volatile @Nullable Slot[] slots = new @Nullable Slot[FAMILIES * NUMBERS];

    /// Injected.
    @Inject
    public InetProtocolTable(ContributionTable contributions, ControlLock control, Cpus cpus) {
        this.contributions = contributions;
        this.control = control;
        this.cpus = cpus;
    }

    private record Slot(NetProtocol protocol, String owner) {}

    /// Loads the protocols that modules contribute. One that is refused is reported, and the rest goes on.
    @Override
    public void start() {
        for (Contributed<NetProtocol> c : contributions.all(CorePoints.NET_PROTOCOL)) {
            String[] key = c.key().split("/", 2);
            try {
                insert(family(key[0]), Integer.parseInt(key[1]), new Slot(c.instance(), c.owner()));
            } catch (NetException e) {
                LOG.log(System.Logger.Level.ERROR, "Cannot add protocol " + c.key() + ": " + e.getMessage());
            }
        }
    }

    private static AddressFamily family(String name) {
        if (name.equals(AddressFamily.INET.toString())) {
            return AddressFamily.INET;
        }
        if (name.equals(AddressFamily.INET6.toString())) {
            return AddressFamily.INET6;
        }
        return AddressFamily.of(Integer.parseInt(name.substring(name.indexOf('_') + 1)));
    }

    @Override
    public @Nullable NetProtocol find(AddressFamily family, int number) {
        Slot slot = slots[family.number() * NUMBERS + number];
        return slot == null ? null : slot.protocol();
    }

    @Override
    public Registration add(AddressFamily family, int number, NetProtocol protocol, String owner) throws NetException {
        Slot slot = new Slot(protocol, owner);
        control.lock();
        try {
            insert(family, number, slot);
        } finally {
            control.unlock();
        }
        return () -> remove(family, number, slot);
    }

    private void insert(AddressFamily family, int number, Slot slot) throws NetException {
        String what = "add protocol " + CorePoints.protocol(family, number) + " of " + slot.owner();
        if (number < 0 || number >= NUMBERS || family.number() >= FAMILIES) {
            throw new NetException(Errno.EINVAL, what);
        }
        if (!slot.protocol().netnsOk()) {
            throw new NetException(Errno.EINVAL, what + ", which does not bear several stacks in one process");
        }
        int at = family.number() * NUMBERS + number;
        Slot present = slots[at];
        if (present != null) {
            throw new NetException(Errno.EEXIST, what + ", which belongs to " + present.owner());
        }
        publish(at, slot);
    }

    private void publish(int at, @Nullable Slot slot) {
        @Nullable Slot[] next = slots.clone();
        next[at] = slot;
        slots = next;
    }

    private void remove(AddressFamily family, int number, Slot slot) {
        int at = family.number() * NUMBERS + number;
        control.lock();
        try {
            if (slots[at] == slot) {
                publish(at, null);
            }
        } finally {
            control.unlock();
        }
        cpus.synchronizeNet();
    }
}
