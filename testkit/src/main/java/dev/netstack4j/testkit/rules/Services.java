package dev.netstack4j.testkit.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/// A module is found on the module path by its `module-info`, on the class path by `META-INF/services`: both must say
/// the same.
final class Services {
    private static final String SERVICE = "dev.netstack4j.api.spi.StackModule";

    private Services() {}

    static ModuleRule bothPathsFindTheSame() {
        return new ModuleRule("module-info provides what META-INF/services names", m -> {
            Set<String> provided = provided(m);
            Set<String> named = named(m);
            if (!provided.equals(named)) {
                throw new AssertionError("module-info provides " + provided + ", META-INF/services names " + named);
            }
            if (named.isEmpty()) {
                throw new AssertionError(
                        "neither module-info nor META-INF/services names a StackModule below " + m.root());
            }
        });
    }

    private static Set<String> provided(ModuleClasses m) throws IOException {
        Set<String> found = new TreeSet<>();
        try (InputStream in = beside(m, "module-info.class")) {
            ModuleDescriptor.read(in).provides().stream()
                    .filter(p -> p.service().equals(SERVICE))
                    .forEach(p -> found.addAll(p.providers()));
        }
        return found;
    }

    private static Set<String> named(ModuleClasses m) throws IOException {
        Set<String> found = new TreeSet<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(beside(m, "META-INF/services/" + SERVICE), StandardCharsets.UTF_8))) {
            lines.lines()
                    .map(l -> l.replaceFirst("#.*", "").strip())
                    .filter(l -> !l.isEmpty())
                    .forEach(found::add);
        }
        return found;
    }

    /// Opens a file of the folder or jar that the module's classes came from.
    private static InputStream beside(ModuleClasses m, String file) throws IOException {
        JavaClass any = m.classes().stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no class below " + m.root()));
        String where = any.getSource().orElseThrow().getUri().toString();
        String path = any.getName().replace('.', '/') + ".class";
        URL url = URI.create(where.substring(0, where.length() - path.length()) + file)
                .toURL();
        try {
            return url.openStream();
        } catch (IOException e) {
            throw new AssertionError("the module has no " + file, e);
        }
    }
}
