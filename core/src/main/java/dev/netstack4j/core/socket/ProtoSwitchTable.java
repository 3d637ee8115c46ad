package dev.netstack4j.core.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.ProtoOps;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.core.registry.Contributed;
import dev.netstack4j.core.registry.ContributionTable;
import dev.netstack4j.core.registry.CorePoints;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which protocol serves a `socket` call.
@Linux("net/ipv4/af_inet.c#inetsw")
final class ProtoSwitchTable {
    private final ContributionTable contributions;

    @Inject
    ProtoSwitchTable(ContributionTable contributions) {
        this.contributions = contributions;
    }

    /// What was found: operations with the protocol number that they serve, or an error.
    ///
    /// @param error    0, or a negative error
    /// @param protocol as asked, with 0 replaced
    record Match(int error, int protocol, @Nullable ProtoOps ops) {}

    /// Finds the owner of (family, type, protocol), with Linux's errors in Linux's order.
    Match find(AddressFamily family, int type, int protocol) {
        Contributed<ProtoOps> exact = contributions.find(CorePoints.SOCKET, CorePoints.socket(family, type, protocol));
        if (exact != null) {
            int number = protocol == 0 ? numberOf(exact, family, type) : protocol;
            return new Match(0, number, exact.instance());
        }
        Contributed<ProtoOps> first = protocol == 0 ? firstOf(family, type) : null;
        if (first != null) {
            return new Match(0, protocolOf(first), first.instance());
        }
        Contributed<ProtoOps> any =
                contributions.find(CorePoints.SOCKET, CorePoints.socket(family, type, Contributions.ANY_PROTOCOL));
        if (any != null && (protocol != 0 || family.equals(AddressFamily.PACKET))) {
            return new Match(0, protocol, any.instance());
        }
        return new Match(whyNot(family, type), protocol, null);
    }

    private @Nullable Contributed<ProtoOps> firstOf(AddressFamily family, int type) {
        for (Contributed<ProtoOps> c : contributions.all(CorePoints.SOCKET)) {
            if (c.key().startsWith(family + "/" + type + "/") && !c.key().endsWith("/any")) {
                return c;
            }
        }
        return null;
    }

    /// The protocol that an owner of protocol 0 stands for: the one under which it is contributed otherwise.
    private int numberOf(Contributed<ProtoOps> owner, AddressFamily family, int type) {
        for (Contributed<ProtoOps> c : contributions.all(CorePoints.SOCKET)) {
            boolean sameType =
                    c.key().startsWith(family + "/" + type + "/") && !c.key().endsWith("/any");
            if (sameType && c.instance() == owner.instance() && protocolOf(c) != 0) {
                return protocolOf(c);
            }
        }
        return 0;
    }

    private static int protocolOf(Contributed<ProtoOps> c) {
        return Integer.parseInt(c.key().substring(c.key().lastIndexOf('/') + 1));
    }

    private int whyNot(AddressFamily family, int type) {
        List<Contributed<ProtoOps>> all = contributions.all(CorePoints.SOCKET);
        if (all.stream().noneMatch(c -> c.key().startsWith(family + "/"))) {
            return Errno.EAFNOSUPPORT.negative();
        }
        boolean typeKnown = all.stream().anyMatch(c -> c.key().startsWith(family + "/" + type + "/"));
        return typeKnown ? Errno.EPROTONOSUPPORT.negative() : Errno.ESOCKTNOSUPPORT.negative();
    }
}
