package dev.netstack4j.testkit.kit.module;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.kit.Trial;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/// What lies beside a module's classes.
final class PackagingRules {
    private static final String SERVICE = StackModule.class.getName();

    private PackagingRules() {}

    static void tellsNameVersionAndApi(ModuleSubject s, Trial trial) throws IOException {
        StackModule module = s.stackModule();
        String resource = "META-INF/netstack4j/" + module.name() + ".properties";
        try (InputStream in = module.getClass().getClassLoader().getResourceAsStream(resource)) {
            trial.check(
                    in != null,
                    "there is no " + resource + " beside " + module.getClass().getName());
            Properties p = new Properties();
            p.load(in);
            trial.checkEqual(module.name(), p.getProperty("name"), "name in " + resource);
            for (String key : List.of("version", "api")) {
                trial.check(
                        p.getProperty(key, "").matches("[0-9]+\\.[0-9]+.*"),
                        "'" + key + "' in " + resource + " is '" + p.getProperty(key) + "'");
            }
        }
    }

    static void isFoundByTheServiceLoader(ModuleSubject s, Trial trial) {
        Class<?> type = s.stackModule().getClass();
        boolean found = ServiceLoader.load(StackModule.class, type.getClassLoader()).stream()
                .anyMatch(p -> p.type() == type);
        trial.check(found, "the service loader does not find " + type.getName() + "; is it in META-INF/services?");
    }

    /// Judged of code in modules.
    static void providesWhatItsServiceFileNames(ModuleSubject s, Trial trial) throws Exception {
        Class<?> type = s.stackModule().getClass();
        URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        Set<ModuleReference> modules = ModuleFinder.of(Path.of(place)).findAll();
        trial.assume(
                modules.size() == 1 && !modules.iterator().next().descriptor().isAutomatic(),
                "there is no module-info beside " + type.getName());
        Set<String> provided = new TreeSet<>();
        for (ModuleDescriptor.Provides p :
                modules.iterator().next().descriptor().provides()) {
            if (p.service().equals(SERVICE)) {
                provided.addAll(p.providers());
            }
        }
        trial.checkEqual(serviceFile(modules.iterator().next()), provided, "modules that module-info provides");
        trial.check(provided.contains(type.getName()), "module-info does not provide " + type.getName());
    }

    private static Set<String> serviceFile(ModuleReference module) throws IOException {
        Set<String> names = new TreeSet<>();
        try (var reader = module.open();
                InputStream in = reader.open("META-INF/services/" + SERVICE)
                        .orElseThrow(() -> new AssertionError("there is no META-INF/services/" + SERVICE))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                String name = line.replaceAll("#.*", "").strip();
                if (!name.isEmpty()) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
