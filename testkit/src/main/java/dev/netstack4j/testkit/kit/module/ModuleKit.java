package dev.netstack4j.testkit.kit.module;

import dev.netstack4j.testkit.kit.Kit;

/// The rules for modules, whatever they contribute; see [ModuleSubject] for how to have one judged.
public final class ModuleKit extends Kit<ModuleSubject> {
    private static final String FIRST = "0.1";
    private static final String SECOND = "0.2";

    /// All rules.
    public ModuleKit() {
        super("MOD");
        rule(1, SECOND, "has a plain name", DeclarationRules::hasAPlainName);
        rule(2, FIRST, "is made without arguments", DeclarationRules::isMadeWithoutArguments);
        rule(3, SECOND, "declares the same each time", DeclarationRules::declaresTheSameEachTime);
        rule(4, SECOND, "declares something", DeclarationRules::declaresSomething);
        rule(5, SECOND, "declares each key once", DeclarationRules::declaresAKeyOnce);
        rule(
                6,
                FIRST,
                "declares classes with one injected constructor",
                DeclarationRules::eachClassHasOneInjectedConstructor);
        rule(7, FIRST, "reaches its classes through its lookup", DeclarationRules::reachesItsClasses);
        rule(8, SECOND, "explains its options", DeclarationRules::explainsItsOptions);
        rule(9, SECOND, "has examples of options that can be read", DeclarationRules::itsExamplesCanBeRead);
        rule(10, SECOND, "has no static state", DeclarationRules::hasNoStaticState);
        rule(11, FIRST, "tells name, version and api", PackagingRules::tellsNameVersionAndApi);
        rule(12, FIRST, "is found by the service loader", PackagingRules::isFoundByTheServiceLoader);
        rule(13, FIRST, "provides what its service file names", PackagingRules::providesWhatItsServiceFileNames);
        rule(14, SECOND, "leaves nothing behind in a stack that is closed", StackRules::leavesNothingBehind);
        rule(15, FIRST, "lives in two stacks at once", StackRules::livesInTwoStacksAtOnce);
        rule(16, SECOND, "brings what it declares", StackRules::bringsWhatItDeclares);
        rule(17, SECOND, "explains its settings", StackRules::explainsItsSettings);
        rule(18, SECOND, "is quiet while nothing happens", StackRules::isQuietWhileNothingHappens);
    }
}
