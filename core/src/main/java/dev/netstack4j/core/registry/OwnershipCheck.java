package dev.netstack4j.core.registry;

import dev.netstack4j.api.hardware.PciId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds keys, PCI devices and services that have two owners.
public final class OwnershipCheck {
    private OwnershipCheck() {}

    /// Tells every double owner.
    public static void check(Catalogue catalogue, Problems problems) {
        keys(catalogue.declarations(), problems);
        pciIds(catalogue.declarations(), problems);
        services(catalogue.services(), problems);
    }

    private static void keys(List<Declaration> declarations, Problems problems) {
        Map<Object, Declaration> owners = new HashMap<>(); // looked up only
        for (Declaration d : declarations) {
            Declaration other = d.point().isExclusive() ? owners.putIfAbsent(List.of(d.point(), d.key()), d) : null;
            if (other != null) {
                problems.add(two(other.owner(), d.owner()) + " " + d.point().name() + " '" + d.key() + "'"
                        + advice(other.owner(), d.owner()));
            }
        }
    }

    private static void pciIds(List<Declaration> declarations, Problems problems) {
        for (int i = 0; i < declarations.size(); i++) {
            for (int j = i + 1; j < declarations.size(); j++) {
                pciIds(declarations.get(i), declarations.get(j), problems);
            }
        }
    }

    private static void pciIds(Declaration a, Declaration b, Problems problems) {
        for (PciId x : a.ids()) {
            for (PciId y : b.ids()) {
                if (x.specificity() == y.specificity() && x.matches(y) && y.matches(x)) {
                    problems.add("Drivers '" + a.key() + "' of " + a.owner().label() + " and '" + b.key() + "' of "
                            + b.owner().label() + " both serve PCI device " + x + ", equally specifically"
                            + advice(a.owner(), b.owner()));
                }
            }
        }
    }

    private static void services(List<ServiceDeclaration> services, Problems problems) {
        Map<Class<?>, ServiceDeclaration> owners = new HashMap<>(); // looked up only
        for (ServiceDeclaration s : services) {
            ServiceDeclaration other = owners.putIfAbsent(s.type(), s);
            if (other != null) {
                problems.add(two(other.owner(), s.owner()) + " service "
                        + s.type().getSimpleName() + advice(other.owner(), s.owner()));
            }
        }
    }

    private static String two(JoinedModule a, JoinedModule b) {
        return a == b
                ? "Module " + a.label() + " twice contributes"
                : "Both " + a.label() + " and " + b.label() + " contribute";
    }

    private static String advice(JoinedModule a, JoinedModule b) {
        return a == b ? "." : "; leave one of the two out.";
    }
}
