package dev.netstack4j.testkit.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The rules for one extension. What it is decides which contracts it may touch.
/// ```java
/// ExtensionRules.qdisc("com.example.red").check();
/// ```
public final class ExtensionRules {
    private static final int FEWEST = 2;

    private final String root;
    private final ModuleRule kind;
    private final List<String> besides = new ArrayList<>();
    private final Set<String> outside = new LinkedHashSet<>();
    private final List<String> variables = new ArrayList<>();
    private int fewest = FEWEST;
    private boolean judgedHere = true;
    private boolean joinsStacks = true;

    private ExtensionRules(String root, ModuleRule kind) {
        this.root = root;
        this.kind = kind;
    }

    /// For a driver of a network device.
    ///
    /// @param root its root package
    public static ExtensionRules driver(String root) {
        return new ExtensionRules(root, Surroundings.driversKnowNoProtocol());
    }

    /// For a qdisc.
    public static ExtensionRules qdisc(String root) {
        return new ExtensionRules(root, Surroundings.qdiscsKnowNoHardware());
    }

    /// For a protocol: an EtherType, an IP protocol, a socket family, a congestion control.
    public static ExtensionRules protocol(String root) {
        return new ExtensionRules(root, Surroundings.protocolsKnowNoHardware());
    }

    /// For a bus or a wire.
    public static ExtensionRules hardware(String root) {
        return new ExtensionRules(root, Surroundings.driversKnowNoProtocol());
    }

    /// For a library that several extensions share, no extension itself: it sees the api alone, as they do, and may
    /// touch what a driver may. Nobody finds it by `ServiceLoader`, and no kit judges it.
    public static ExtensionRules library(String root) {
        ExtensionRules rules = new ExtensionRules(root, Surroundings.driversKnowNoProtocol());
        rules.joinsStacks = false;
        return rules;
    }

    /// Allows another module: an interface-only one that a third party publishes for its own plug point, or a
    /// [#library] of one's own.
    ///
    /// @param packages for example `com.example.meter.api..`
    public ExtensionRules mayAlsoSee(String packages) {
        besides.add(packages);
        return this;
    }

    /// Names packages whose job is the world outside: files, sockets, programs, and the threads that wait for them.
    public ExtensionRules touchesOutsideIn(String packages) {
        outside.add(packages);
        return this;
    }

    /// Names packages of variables without behaviour: each variable has one writing package.
    public ExtensionRules variablesIn(String packages) {
        variables.add(packages);
        return this;
    }

    /// Fails when fewer classes than that are found: a rule that sees nothing proves nothing. 2 unless said otherwise.
    public ExtensionRules atLeast(int classes) {
        fewest = classes;
        return this;
    }

    /// Says that the module's kit tests stand in another project, because they need more than the module's own class
    /// path. That project has to see to it that there is one for each contribution: [KitTests#wanted].
    public ExtensionRules judgedElsewhere() {
        judgedHere = false;
        return this;
    }

    /// All rules, in the order in which they are told.
    public List<ModuleRule> rules() {
        List<ModuleRule> all = new ArrayList<>();
        all.add(enoughWasSeen());
        all.add(Surroundings.seesApiAlone(root, besides));
        all.add(kind);
        all.add(Surroundings.touchesNothingOutside(outside));
        all.addAll(InjectedServices.rules(outside));
        all.add(State.nothingStaticChanges());
        if (!variables.isEmpty()) {
            all.add(State.oneWriter(variables));
        }
        if (joinsStacks) {
            all.add(Services.bothPathsFindTheSame());
        }
        if (joinsStacks && judgedHere) {
            all.add(KitTests.everyContributionHasOne());
        }
        return all;
    }

    private ModuleRule enoughWasSeen() {
        return new ModuleRule("at least " + fewest + " classes were seen", m -> {
            if (m.classes().size() < fewest) {
                throw new AssertionError("only " + m.classes().size() + " classes were found below " + root
                        + "; is the root package right, and are the classes on the class path?");
            }
        });
    }

    /// Reads the module's classes.
    public ModuleClasses classes() {
        return ModuleClasses.of(root);
    }

    /// Checks every rule.
    ///
    /// @throws AssertionError with all that is wrong
    public void check() {
        ModuleClasses module = classes();
        List<String> wrong = new ArrayList<>();
        for (ModuleRule rule : rules()) {
            try {
                rule.check().on(module);
            } catch (Exception | AssertionError e) {
                wrong.add(rule.sentence() + ": " + e.getMessage());
            }
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError(String.join("\n", wrong));
        }
    }
}
