package dev.netstack4j.systemtests.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/// All classes of the project but tests, read once.
final class ProjectClasses {
    static final String ROOT = "dev.netstack4j";
    static final String API = ROOT + ".api..";
    static final String CORE = ROOT + ".core..";
    static final String TESTKIT = ROOT + ".testkit..";
    static final String CLI = ROOT + ".cli..";

    /// Root packages of the extensions: each may see `api` and itself.
    static final List<String> EXTENSIONS = List.of(
            ROOT + ".nic.e1000",
            ROOT + ".qdisc.pfifofast",
            ROOT + ".qdisc.tbf",
            ROOT + ".proto.arp",
            ROOT + ".proto.ipv4",
            ROOT + ".proto.udp",
            ROOT + ".proto.tcp",
            ROOT + ".bus.emulated",
            ROOT + ".wire.tap");

    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private ProjectClasses() {}
}
