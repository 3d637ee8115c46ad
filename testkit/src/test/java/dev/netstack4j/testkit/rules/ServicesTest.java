package dev.netstack4j.testkit.rules;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {
    private static final String SERVICE = "dev.netstack4j.api.spi.StackModule";
    private static final String CLASS = "dev/netstack4j/testkit/rules/sample/Sound.class";

    @TempDir
    Path folder;

    private ModuleClasses module(String provided, String named) throws Exception {
        Path target = folder.resolve(CLASS);
        Files.createDirectories(target.getParent());
        try (InputStream in = ServicesTest.class.getClassLoader().getResourceAsStream(CLASS)) {
            Files.write(target, in.readAllBytes());
        }
        Files.write(
                folder.resolve("module-info.class"),
                ClassFile.of().buildModule(ModuleAttribute.of(ModuleDesc.of("sample"), m -> {
                    m.requires(ModuleDesc.of("java.base"), 0, null);
                    m.provides(ClassDesc.of(SERVICE), ClassDesc.of(provided));
                })));
        Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(folder.resolve("META-INF/services/" + SERVICE), "# the module\n" + named + "\n");
        JavaClasses classes = new ClassFileImporter().importPath(folder);
        return new ModuleClasses("sample", classes, classes);
    }

    @Test
    void theSameProviderOnBothPathsPasses() throws Exception {
        ModuleClasses m = module("sample.Module", "sample.Module");
        assertDoesNotThrow(() -> Services.bothPathsFindTheSame().check().on(m));
    }

    @Test
    void anotherProviderFails() throws Exception {
        ModuleClasses m = module("sample.Module", "sample.Other");
        AssertionError e = assertThrows(
                AssertionError.class,
                () -> Services.bothPathsFindTheSame().check().on(m));
        assertTrue(e.getMessage().contains("[sample.Module]") && e.getMessage().contains("[sample.Other]"));
    }

    @Test
    void aMissingFileFails() throws Exception {
        ModuleClasses m = module("sample.Module", "sample.Module");
        Files.delete(folder.resolve("module-info.class"));
        assertThrows(
                AssertionError.class,
                () -> Services.bothPathsFindTheSame().check().on(m));
    }
}
