package dev.netstack4j.systemtests.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/// All classes of the project but tests, read once.
final class ProjectClasses {
    static final String ROOT = "dev.netstack4j";
    static final String API = ROOT + ".api..";
    static final String CORE = ROOT + ".core..";
    static final String TESTKIT = ROOT + ".testkit..";
    static final String CLI = ROOT + ".cli..";

    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private ProjectClasses() {}
}
