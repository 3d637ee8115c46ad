package dev.netstack4j.testkit.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/// The classes of one module: all below its root package but its tests.
///
/// @param root    the module's root package
/// @param classes without tests
/// @param tests   tests alone
public record ModuleClasses(String root, JavaClasses classes, JavaClasses tests) {
    /// Reads them from the class path.
    public static ModuleClasses of(String root) {
        return new ModuleClasses(
                root,
                importing(root, ImportOption.Predefined.DO_NOT_INCLUDE_TESTS),
                importing(root, ImportOption.Predefined.ONLY_INCLUDE_TESTS));
    }

    private static JavaClasses importing(String root, ImportOption option) {
        JavaClasses all = new ClassFileImporter().withImportOption(option).importPackages(root);
        return all.that(new com.tngtech.archunit.base.DescribedPredicate<>("in " + root) {
            @Override
            public boolean test(JavaClass c) {
                return c.getPackageName().equals(root) || c.getPackageName().startsWith(root + ".");
            }
        });
    }
}
