package dev.netstack4j.cli;

import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Where stacks come from: the modules on the module path, or on the class path.
final class Assembly {
    private static final String PROPERTIES = "/META-INF/netstack4j/cli.properties";

    private Assembly() {}

    /// A builder that has found every module.
    static StackBuilder discover(StackFactory factory) {
        ModuleLayer layer = Assembly.class.getModule().getLayer();
        return layer == null
                ? factory.builder().discover(Assembly.class.getClassLoader())
                : factory.builder().discover(layer);
    }

    /// This module's version.
    static String version() {
        Properties p = new Properties();
        try (InputStream in = Assembly.class.getResourceAsStream(PROPERTIES)) {
            if (in != null) {
                p.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return p.getProperty("version", "of unknown version");
    }
}
