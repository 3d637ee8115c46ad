package dev.netstack4j.testkit.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Where a module may keep state.
final class State {
    private State() {}

    /// Several stacks live in one JVM, so nothing may be shared through a class.
    static ModuleRule nothingStaticChanges() {
        return new ModuleRule("no static field can be written after its class was loaded", m -> {
            List<String> changing = m.classes().stream()
                    .flatMap(c -> c.getFields().stream())
                    .filter(f -> f.getModifiers().contains(JavaModifier.STATIC)
                            && !f.getModifiers().contains(JavaModifier.FINAL)
                            && !f.getModifiers().contains(JavaModifier.SYNTHETIC))
                    .map(JavaField::getFullName)
                    .sorted()
                    .toList();
            fail(changing, "static fields that are not final");
        });
    }

    /// Each variable of these classes is written in one package, beside the package that declares it.
    ///
    /// @param owners packages whose classes are variables without behaviour, ending in `..`
    static ModuleRule oneWriter(List<String> owners) {
        return new ModuleRule("each variable of " + String.join(", ", owners) + " is written by one package", m -> {
            List<String> shared = new ArrayList<>();
            m.classes().stream()
                    .filter(c -> owners.stream()
                            .anyMatch(o -> com.tngtech.archunit.core.domain.PackageMatcher.of(o)
                                    .matches(c.getPackageName())))
                    .flatMap(c -> c.getFields().stream())
                    .filter(f -> !f.getModifiers().contains(JavaModifier.FINAL))
                    .forEach(f -> {
                        Set<String> writers = writers(f);
                        if (writers.size() > 1) {
                            shared.add(f.getFullName() + " is written by " + writers);
                        }
                    });
            fail(shared, "variables with several writing packages");
        });
    }

    private static Set<String> writers(JavaField field) {
        Set<String> packages = new TreeSet<>();
        for (JavaFieldAccess a : field.getAccessesToSelf()) {
            JavaClass from = a.getOriginOwner();
            if (a.getAccessType() == JavaFieldAccess.AccessType.SET
                    && !from.getPackageName().equals(field.getOwner().getPackageName())) {
                packages.add(from.getPackageName());
            }
        }
        return packages;
    }

    private static void fail(List<String> places, String what) {
        if (!places.isEmpty()) {
            throw new AssertionError(what + ":\n  " + String.join("\n  ", places));
        }
    }
}
