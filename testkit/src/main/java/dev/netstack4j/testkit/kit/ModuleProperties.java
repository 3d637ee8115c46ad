package dev.netstack4j.testkit.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// What the build wrote into a module: its name, its version, and the api that it was built against.
final class ModuleProperties {
    private static final String NEWEST = Integer.MAX_VALUE + ".0.0";

    private ModuleProperties() {}

    static String apiVersion(String module, Class<?> beside) {
        String resource = "META-INF/netstack4j/" + module + ".properties";
        try (InputStream in = beside.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                return NEWEST;
            }
            Properties p = new Properties();
            p.load(in);
            return p.getProperty("api", NEWEST);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
