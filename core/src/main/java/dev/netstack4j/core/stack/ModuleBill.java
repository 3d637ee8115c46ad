package dev.netstack4j.core.stack;

import dev.netstack4j.api.stack.ModuleInfo;
import dev.netstack4j.core.registry.Catalogue;
import dev.netstack4j.core.registry.Declaration;
import dev.netstack4j.core.registry.JoinedModule;
import dev.netstack4j.core.registry.ServiceDeclaration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A module's line in the bill of materials.
///
/// @param apiVersion    the api version that it was built against
/// @param contributions what it brings, a line each
record ModuleBill(String name, String version, String apiVersion, List<String> contributions) implements ModuleInfo {
    /// All modules of an assembly, by name.
    static List<ModuleInfo> of(Catalogue catalogue) {
        List<ModuleInfo> all = new ArrayList<>();
        for (JoinedModule m : catalogue.modules()) {
            all.add(new ModuleBill(
                    m.facts().name(), m.facts().version(), m.facts().api(), lines(catalogue, m)));
        }
        all.sort(Comparator.comparing(ModuleInfo::name));
        return List.copyOf(all);
    }

    private static List<String> lines(Catalogue catalogue, JoinedModule m) {
        List<String> lines = new ArrayList<>();
        catalogue.declarations().stream()
                .filter(d -> d.owner() == m)
                .map(Declaration::line)
                .forEach(lines::add);
        // A class offered under its own name is a module's inner affair.
        catalogue.services().stream()
                .filter(s -> s.owner() == m && s.type() != s.implementation())
                .map(ServiceDeclaration::line)
                .forEach(lines::add);
        return List.copyOf(lines);
    }
}
