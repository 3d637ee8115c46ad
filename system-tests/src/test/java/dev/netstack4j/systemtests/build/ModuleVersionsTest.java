package dev.netstack4j.systemtests.build;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.systemtests.build.ProjectModule.Dependency;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModuleVersionsTest {
    @Test
    void everyJarCarriesItsNameItsVersionAndTheApiVersionItWasBuiltAgainst() throws Exception {
        String api = ProjectModule.of("api").version();
        int checked = 0;
        for (ProjectModule module : ProjectModule.all()) {
            if (module.isPublishedJar()) {
                Map<String, String> wanted = Map.of("name", module.folder(), "version", module.version(), "api", api);
                assertEquals(wanted, builtProperties(module.folder()));
                checked++;
            }
        }
        assertTrue(checked >= 15, "only " + checked + " modules were seen");
    }

    @Test
    void theBomNamesEveryPublishedModuleWithItsVersion() throws Exception {
        Map<String, String> wanted = new TreeMap<>();
        for (ProjectModule module : ProjectModule.all()) {
            if (module.isPublishedJar()) {
                wanted.put("netstack4j-" + module.folder(), module.version());
            }
        }
        Map<String, String> found = ProjectModule.of("bom").managedDependencies().stream()
                .collect(toMap(Dependency::artifact, Dependency::version));
        assertEquals(wanted, new TreeMap<>(found));
    }

    @Test
    void anExtensionIsCompiledAgainstTheApiAloneAndItsLibraryIfItHasOne() throws Exception {
        for (ProjectModule module : ProjectModule.all()) {
            if (module.isExtension()) {
                List<String> compiledAgainst = module.dependencies().stream()
                        .filter(d -> d.isOurs() && !d.scope().equals("test"))
                        .map(Dependency::artifact)
                        .toList();
                assertEquals(seen(module.folder()), compiledAgainst, module.folder());
            }
        }
    }

    private static List<String> seen(String extension) {
        return extension.endsWith("-tap")
                ? List.of("netstack4j-api", "netstack4j-linux-tap")
                : List.of("netstack4j-api");
    }

    @Test
    void theLibraryOfTheTapsIsCompiledAgainstTheApiAlone() throws Exception {
        List<String> compiledAgainst = ProjectModule.of("linux-tap").dependencies().stream()
                .filter(d -> d.isOurs() && !d.scope().equals("test"))
                .map(Dependency::artifact)
                .toList();
        assertEquals(List.of("netstack4j-api"), compiledAgainst);
    }

    @Test
    void theCommandKnowsNoExtensionAtCompileTime() throws Exception {
        List<String> compiledAgainst = ProjectModule.of("cli").dependencies().stream()
                .filter(d -> d.isOurs() && d.scope().isEmpty())
                .map(Dependency::artifact)
                .toList();
        assertEquals(List.of("netstack4j-api", "netstack4j-core"), compiledAgainst);
    }

    private static Map<String, String> builtProperties(String name) throws Exception {
        String path = "META-INF/netstack4j/" + name + ".properties";
        List<URL> found =
                Collections.list(ModuleVersionsTest.class.getClassLoader().getResources(path));
        assertEquals(1, found.size(), path);
        Properties properties = new Properties();
        try (InputStream in = found.getFirst().openStream()) {
            properties.load(in);
        }
        return properties.stringPropertyNames().stream().collect(toMap(key -> key, properties::getProperty));
    }
}
