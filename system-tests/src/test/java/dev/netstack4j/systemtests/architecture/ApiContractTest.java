package dev.netstack4j.systemtests.architecture;

import static dev.netstack4j.systemtests.architecture.ProjectClasses.ALL;
import static dev.netstack4j.systemtests.architecture.ProjectClasses.API;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.ProvidedByCore;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// How `api` may grow without breaking anybody (HOUSE 4).
class ApiContractTest {
    private static final int MOST_METHODS = 12;
    private static final JavaClasses API_CLASSES = ALL.that(new DescribedPredicate<>("are public and in api") {
        @Override
        public boolean test(JavaClass c) {
            return c.getPackageName().startsWith(ProjectClasses.ROOT + ".api")
                    && c.getModifiers().contains(JavaModifier.PUBLIC);
        }
    });

    /// Functional parameters and value contracts: neither side of the plug is meant, so no growth rule applies.
    private static final Set<String> UNMARKED = Set.of(
            "SkBuffOwner",
            "DropListener",
            "Action",
            "TimerHandler",
            "Continuation",
            "QueueHandler",
            "SockListener",
            "SockAddress",
            "OptionType",
            "CongestionState",
            "AppThread",
            "EthtoolUse");

    /// Enums whose every constant may be switched over: they mirror a closed set of Linux or of the RFCs.
    private static final Set<String> ENUMS = Set.of(
            "AddressType",
            "ChecksumState",
            "Context",
            "DeviceEvent",
            "DmaDirection",
            "Errno",
            "Event",
            "GroResult",
            "HookPoint",
            "IrqKind",
            "NudState",
            "PacketKind",
            "Result",
            "SoftIrqVector",
            "TimerKind",
            "TxStatus",
            "Unreachable",
            "Verdict",
            "WaitResult");

    /// Interfaces over the limit, each because Linux's own table is one (named in its documentation).
    private static final Set<String> LARGE = Set.of();

    @Test
    void everyInterfaceSaysWhoseItIs() {
        List<String> silent = API_CLASSES.stream()
                .filter(c -> c.isInterface() && !c.isAnnotation())
                .filter(c ->
                        !c.isAnnotatedWith(ImplementedByExtensions.class) && !c.isAnnotatedWith(ProvidedByCore.class))
                .map(JavaClass::getSimpleName)
                .filter(n -> !UNMARKED.contains(n))
                .sorted()
                .toList();
        assertEquals(List.of(), silent, "interfaces without @ImplementedByExtensions or @ProvidedByCore");
    }

    @Test
    void interfacesStaySmall() {
        List<String> large = API_CLASSES.stream()
                .filter(c -> c.isInterface() && !c.isAnnotation() && !LARGE.contains(c.getSimpleName()))
                .filter(c -> c.getMethods().stream()
                                .filter(m -> m.getModifiers().contains(JavaModifier.ABSTRACT))
                                .count()
                        > MOST_METHODS)
                .map(JavaClass::getSimpleName)
                .sorted()
                .toList();
        assertEquals(List.of(), large, "interfaces with more than " + MOST_METHODS + " abstract methods");
    }

    @Test
    void noPublicRecordsOrSealedTypesAndOnlyListedEnums() {
        List<String> closed = API_CLASSES.stream()
                .filter(c -> c.isRecord() || c.isEnum() && !ENUMS.contains(c.getSimpleName()))
                .map(JavaClass::getSimpleName)
                .sorted()
                .toList();
        assertEquals(List.of(), closed);
    }

    @Test
    void packagesAreNullMarked() {
        assertTrue(API_CLASSES.size() > 100, "saw only " + API_CLASSES.size() + " classes in " + API);
        List<String> unmarked = ALL.stream()
                .filter(c -> c.getPackageName().startsWith(ProjectClasses.ROOT)
                        && !c.getSimpleName().equals("module-info"))
                .map(JavaClass::getPackage)
                .distinct()
                .filter(p -> !p.isAnnotatedWith(org.jspecify.annotations.NullMarked.class))
                .map(p -> p.getName())
                .sorted()
                .toList();
        assertEquals(List.of(), unmarked, "packages without @NullMarked");
    }
}
