package dev.netstack4j.core.registry;

import dev.netstack4j.api.spi.StackModule;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which modules a stack is to have: found by `ServiceLoader`, added, or left out by name. A module that is added
/// stands in for the same class found by discovery.
public final class ModuleSelection {
    private final List<StackModule> found = new ArrayList<>();
    private final List<StackModule> added = new ArrayList<>();
    private final TreeSet<String> leftOut = new TreeSet<>();
    private final List<String> broken = new ArrayList<>();

    /// Nothing is chosen yet.
    public ModuleSelection() {}

    /// Adds every module of a `ServiceLoader`.
    public void discover(ServiceLoader<StackModule> loader) {
        Iterator<StackModule> modules = loader.iterator();
        StackModule next = next(modules);
        while (next != null) {
            if (!holdsClassOf(found, next)) {
                found.add(next);
            }
            next = next(modules);
        }
    }

    private @Nullable StackModule next(Iterator<StackModule> modules) {
        // A provider that cannot be loaded makes next() throw once; the loader goes on behind it. Bounded all the same.
        for (int failures = 0; failures < 1000; failures++) {
            try {
                return modules.hasNext() ? modules.next() : null;
            } catch (ServiceConfigurationError e) {
                broken.add("A module that ServiceLoader found cannot be loaded: " + e.getMessage() + ".");
            }
        }
        return null;
    }

    /// Adds a module.
    public void with(StackModule module) {
        added.add(module);
    }

    /// Leaves a module out.
    public void without(String name) {
        leftOut.add(name);
    }

    /// The modules chosen, by name. Two of one name are a problem, and so is a name to leave out that nobody has.
    ///
    /// @param problems told of those, and of modules that could not be loaded
    public List<StackModule> chosen(Problems problems) {
        broken.forEach(problems::add);
        Map<String, StackModule> byName = new TreeMap<>();
        TreeSet<String> seen = new TreeSet<>();
        List<StackModule> all = new ArrayList<>(added);
        found.stream().filter(m -> !holdsClassOf(added, m)).forEach(all::add);
        for (StackModule m : all) {
            String name = nameOf(m, problems);
            seen.add(name);
            if (!name.isEmpty() && !leftOut.contains(name)) {
                addOnce(byName, name, m, problems);
            }
        }
        for (String name : leftOut) {
            if (!seen.contains(name)) {
                problems.add("Module '" + name + "' is to be left out, but there is no such module; there are: "
                        + String.join(", ", seen) + ".");
            }
        }
        return new ArrayList<>(byName.values());
    }

    private static String nameOf(StackModule m, Problems problems) {
        String why = "it is empty";
        try {
            String name = m.name();
            if (!name.isBlank()) {
                return name;
            }
        } catch (RuntimeException | LinkageError e) {
            why = Problems.say(e);
        }
        problems.add("Module " + describe(m) + " does not tell its name: " + why + ".");
        return "";
    }

    private static void addOnce(Map<String, StackModule> byName, String name, StackModule m, Problems problems) {
        StackModule other = byName.putIfAbsent(name, m);
        if (other != null) {
            problems.add("Two modules are called '" + name + "': " + describe(other) + " and " + describe(m)
                    + ". Leave one of them out.");
        }
    }

    private static boolean holdsClassOf(List<StackModule> modules, StackModule m) {
        return modules.stream().anyMatch(other -> other.getClass() == m.getClass());
    }

    private static String describe(StackModule m) {
        CodeSource source = m.getClass().getProtectionDomain().getCodeSource();
        String place = source == null || source.getLocation() == null
                ? ""
                : " in " + source.getLocation().getPath();
        return m.getClass().getName() + place;
    }
}
