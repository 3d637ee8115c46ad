package dev.netstack4j.core.registry;

import dev.netstack4j.api.spi.StackModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Everything that the chosen modules declared, in the order of assembly: core first, then modules by name. The order
/// does not depend on class path or module path, so that a virtual run is the same everywhere.
public final class Catalogue {
    private final List<JoinedModule> modules = new ArrayList<>();
    private final List<Declaration> declarations = new ArrayList<>();
    private final List<ServiceDeclaration> services = new ArrayList<>();
    private final Problems problems;
    private final ModuleFacts apiFacts;

    /// @param apiFacts the api that core runs with
    /// @param problems where problems are told
    public Catalogue(ModuleFacts apiFacts, Problems problems) {
        this.apiFacts = apiFacts;
        this.problems = problems;
    }

    /// Adds a module: reads its facts, checks them, and takes down what it declares.
    public void add(StackModule module) {
        String name = module.name();
        ModuleFacts facts = facts(name, home(module));
        if (facts != null) {
            checkApi(facts);
            collect(new JoinedModule(facts, module));
        }
    }

    /// The class beside which a module's facts lie. A module that wraps another one hands on its lookup, and its own
    /// class may come from another loader; a wrong lookup is told later, when classes are constructed through it.
    private static Class<?> home(StackModule module) {
        Class<?> own = module.getClass();
        try {
            Class<?> looking = module.lookup().lookupClass();
            return looking.getClassLoader() == null ? own : looking;
        } catch (RuntimeException | LinkageError e) {
            return own;
        }
    }

    private @org.jspecify.annotations.Nullable ModuleFacts facts(String name, Class<?> near) {
        try {
            List<String> places = ModuleFacts.places(name, near);
            if (places.size() > 1) {
                problems.add(
                        "Module '" + name + "' is there " + (places.size() == 2 ? "twice" : places.size() + " times")
                                + ": in " + String.join(" and in ", places) + ". Remove all but one.");
            }
            ModuleFacts facts = ModuleFacts.read(name, near);
            if (facts == null || facts.version().isBlank() || facts.api().isBlank()) {
                problems.add("Module '" + name + "' (" + near.getName() + ") does not tell its version: "
                        + (facts == null ? "there is no " : "name, version or api is missing in ")
                        + ModuleFacts.path(name)
                        + " beside its classes.");
                return null;
            }
            return facts;
        } catch (IOException e) {
            problems.add(
                    "Module '" + name + "': " + ModuleFacts.path(name) + " cannot be read: " + Problems.say(e) + ".");
            return null;
        }
    }

    private void checkApi(ModuleFacts facts) {
        ApiRange needed = ApiRange.builtAgainst(facts.api());
        ApiRange present = ApiRange.builtAgainst(apiFacts.version());
        if (needed == null) {
            problems.add("Module " + facts.label() + " says that it was built against api '" + facts.api()
                    + "', which is no version.");
        } else if (present != null && !needed.accepts(present)) {
            problems.add("Module " + facts.label() + " was built against api " + facts.api() + " and needs one in "
                    + needed + ", but this stack has api " + apiFacts.version() + ".");
        }
    }

    private void collect(JoinedModule module) {
        ContributionCollector collector = new ContributionCollector(module);
        try {
            module.module().contribute(collector);
        } catch (RuntimeException | LinkageError e) {
            problems.add("Module " + module.label() + " failed while it declared its contributions: " + Problems.say(e)
                    + ".");
            return;
        }
        modules.add(module);
        declarations.addAll(collector.declarations());
        services.addAll(collector.services());
    }

    /// Modules, in the order of assembly.
    public List<JoinedModule> modules() {
        return modules;
    }

    /// Contributions to plug points.
    public List<Declaration> declarations() {
        return declarations;
    }

    /// Services.
    public List<ServiceDeclaration> services() {
        return services;
    }
}
