package dev.netstack4j.systemtests.compatibility;

import dev.netstack4j.api.doc.ProvidedByCore;
import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.config.Options;
import japicmp.model.AccessModifier;
import japicmp.model.JApiClass;
import japicmp.model.JApiCompatibilityChange;
import japicmp.model.JApiCompatibilityChangeType;
import japicmp.model.JApiHasChangeStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Compares the public and protected signatures of two jars of one module.
final class Signatures {
    private Signatures() {}

    /// What would break code that was compiled or written against `before`, a line each. Interfaces that core provides
    /// may grow: nobody else implements them.
    static List<String> broken(Path before, Path after) {
        JarArchiveComparatorOptions how = JarArchiveComparatorOptions.of(options());
        how.getIgnoreMissingClasses().setIgnoreAllMissingClasses(true);
        List<JApiClass> classes = new JarArchiveComparator(how)
                .compare(new JApiCmpArchive(before.toFile(), "before"), new JApiCmpArchive(after.toFile(), "after"));
        List<String> all = new ArrayList<>();
        for (JApiClass c : classes) {
            boolean mayGrow = isProvidedByCore(c);
            collect(all, c, c.getFullyQualifiedName(), mayGrow);
            c.getMethods().forEach(m -> collect(all, m, c.getFullyQualifiedName() + "#" + m.getName(), mayGrow));
            c.getConstructors().forEach(m -> collect(all, m, c.getFullyQualifiedName() + "#new", mayGrow));
            c.getFields().forEach(f -> collect(all, f, c.getFullyQualifiedName() + "." + f.getName(), mayGrow));
        }
        return all.stream().distinct().sorted().toList();
    }

    private static Options options() {
        Options o = Options.newDefault();
        o.setAccessModifier(AccessModifier.PROTECTED);
        o.setIgnoreMissingClasses(true);
        return o;
    }

    private static <T extends JApiHasChangeStatus & japicmp.model.JApiCompatibility> void collect(
            List<String> into, T what, String name, boolean mayGrow) {
        for (JApiCompatibilityChange change : what.getCompatibilityChanges()) {
            boolean growth = change.getType() == JApiCompatibilityChangeType.METHOD_ADDED_TO_INTERFACE
                    || change.getType() == JApiCompatibilityChangeType.METHOD_ABSTRACT_ADDED_IN_SUPERCLASS
                    || change.getType() == JApiCompatibilityChangeType.METHOD_ABSTRACT_ADDED_IN_IMPLEMENTED_INTERFACE;
            boolean harmless = change.isBinaryCompatible() && change.isSourceCompatible();
            if (!harmless && !(growth && mayGrow)) {
                into.add(name + ": " + change.getType());
            }
        }
    }

    private static boolean isProvidedByCore(JApiClass c) {
        Optional<javassist.CtClass> now = c.getNewClass();
        return now.isPresent() && now.get().hasAnnotation(ProvidedByCore.class.getName());
    }
}
