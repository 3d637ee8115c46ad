package dev.netstack4j.core.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.StackFactory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One module in two places of a class path, as two versions of its jar would be.
class TwoCopiesTest {
    /// The module that is there twice.
    public static final class Twin implements StackModule {
        @Override
        public String name() {
            return "twin";
        }

        @Override
        public MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }

        @Override
        public void contribute(Contributions c) {}
    }

    @TempDir
    Path a;

    @TempDir
    Path b;

    private static void install(Path root, String version) throws IOException {
        write(root.resolve(ModuleFacts.path("twin")), "name=twin\nversion=" + version + "\napi=0.1\n");
        write(root.resolve("META-INF/services/" + StackModule.class.getName()), Twin.class.getName() + "\n");
        String file = Twin.class.getName().replace('.', '/') + ".class";
        try (InputStream in = Twin.class.getClassLoader().getResourceAsStream(file)) {
            Path target = root.resolve(file);
            Files.createDirectories(target.getParent());
            Files.write(target, in.readAllBytes());
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /// A class path of these folders, whose parent does not know the module.
    private static URLClassLoader classPath(Path... roots) throws IOException {
        ClassLoader without = new ClassLoader(TwoCopiesTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.equals(Twin.class.getName())) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }
        };
        URL[] urls = new URL[roots.length];
        for (int i = 0; i < roots.length; i++) {
            urls[i] = roots[i].toUri().toURL();
        }
        return new URLClassLoader(urls, without);
    }

    private static List<String> problemsWith(ClassLoader loader) {
        Found twin = new Found(loader);
        AssemblyException e = Assertions.assertThrows(
                AssemblyException.class,
                () -> StackFactory.find()
                        .builder()
                        .memory(4 << 20)
                        .with(twin.module())
                        .build());
        return e.problems();
    }

    private record Found(ClassLoader loader) {
        StackModule module() {
            ModuleSelection selection = new ModuleSelection();
            selection.discover(java.util.ServiceLoader.load(StackModule.class, loader));
            return selection.chosen(new Problems()).stream()
                    .filter(m -> m.name().equals("twin"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    @Mechanism("E7")
    void two_copies_of_a_module_are_told_with_both_places() throws IOException {
        install(a, "1.0");
        install(b, "1.1");
        try (URLClassLoader loader = classPath(a, b)) {
            Path first = a.compareTo(b) < 0 ? a : b;
            Path second = first == a ? b : a;
            assertEquals(
                    List.of("Module 'twin' is there twice: in " + first + "/ and in " + second
                            + "/. Remove all but one."),
                    problemsWith(loader));
        }
    }

    @Test
    void one_copy_is_no_problem() throws IOException, AssemblyException {
        install(a, "1.0");
        try (URLClassLoader loader = classPath(a)) {
            StackFactory.find()
                    .builder()
                    .memory(4 << 20)
                    .with(new Found(loader).module())
                    .build()
                    .close();
        }
    }
}
