package dev.netstack4j.systemtests.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.kit.Kit;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Today's signatures against those of the last release.
class SignaturesTest {
    @TempDir
    private Path work;

    @ParameterizedTest
    @ValueSource(strings = {"api", "testkit"})
    void nothingThatWasReleasedIsGoneOrAsksForMore(String module) throws Exception {
        assertEquals(List.of(), Signatures.broken(Released.jar(module), today(module)));
    }

    /// What was compiled of a module, as a jar.
    private Path today(String module) throws Exception {
        Class<?> any = module.equals("api") ? StackModule.class : Kit.class;
        Path classes =
                Path.of(any.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (!Files.isDirectory(classes)) {
            return classes;
        }
        Path jar = work.resolve("today.jar");
        int result = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
        assertEquals(0, result);
        return jar;
    }

    private Path changed(String className, ClassTransform change) throws Exception {
        Path copy = work.resolve("api.jar");
        Files.copy(Released.jar("api"), copy);
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + copy.toUri()), Map.of())) {
            Path entry = jar.getPath("dev/netstack4j/api/" + className + ".class");
            ClassModel model = ClassFile.of().parse(Files.readAllBytes(entry));
            Files.write(entry, ClassFile.of().transformClass(model, change));
        }
        return copy;
    }

    private static ClassTransform withoutMethod(String name) {
        return ClassTransform.dropping(
                e -> e instanceof MethodModel m && m.methodName().equalsString(name));
    }

    private static ClassTransform withAbstractMethod() {
        return ClassTransform.endHandler(
                b -> b.withMethod("more", MethodTypeDesc.of(ConstantDescs.CD_void), 0x0401, m -> {}));
    }

    @Test
    void theReleaseItselfBreaksNothing() throws Exception {
        assertEquals(List.of(), Signatures.broken(Released.jar("api"), Released.jar("api")));
    }

    @Test
    void aMethodThatIsGoneIsFound() throws Exception {
        List<String> broken =
                Signatures.broken(Released.jar("api"), changed("buffer/SkBuff", withoutMethod("consume")));
        assertTrue(broken.contains("dev.netstack4j.api.buffer.SkBuff#consume: METHOD_REMOVED"), broken::toString);
    }

    @Test
    void aNewDutyOfExtensionsIsFound() throws Exception {
        List<String> broken = Signatures.broken(Released.jar("api"), changed("qdisc/Qdisc", withAbstractMethod()));
        assertTrue(broken.contains("dev.netstack4j.api.qdisc.Qdisc#more: METHOD_ADDED_TO_INTERFACE"), broken::toString);
    }

    @Test
    void whatCoreProvidesMayGrow() throws Exception {
        assertEquals(
                List.of(), Signatures.broken(Released.jar("api"), changed("runtime/Timers", withAbstractMethod())));
    }
}
