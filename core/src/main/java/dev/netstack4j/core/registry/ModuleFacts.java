package dev.netstack4j.core.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the build wrote into `META-INF/netstack4j/<name>.properties` of a module.
///
/// @param name    the module's name
/// @param version its version
/// @param api     the api version that it was built against
public record ModuleFacts(String name, String version, String api) {
    /// The module with its version, for messages: `qdisc-tbf 0.1.0`.
    public String label() {
        return name + " " + version;
    }

    /// Path of the resource.
    public static String path(String name) {
        return "META-INF/netstack4j/" + name + ".properties";
    }

    /// Places at which the resource of that name is seen from a class, sorted; two mean two copies of the module.
    public static List<String> places(String name, Class<?> near) throws IOException {
        ClassLoader loader = near.getClassLoader();
        if (loader == null) {
            return List.of();
        }
        TreeSet<String> found = new TreeSet<>();
        for (URL url : Collections.list(loader.getResources(path(name)))) {
            found.add(place(url, name));
        }
        return new ArrayList<>(found);
    }

    private static String place(URL url, String name) {
        String text = url.toString();
        text = text.endsWith(path(name))
                ? text.substring(0, text.length() - path(name).length())
                : text;
        text = text.startsWith("jar:") ? text.substring("jar:".length()) : text;
        text = text.endsWith("!/") ? text.substring(0, text.length() - 2) : text;
        return text.startsWith("file:") ? text.substring("file:".length()) : text;
    }

    /// Reads the resource beside a class: from its own module if it is a named one, else through its class loader.
    ///
    /// @return null when there is none
    public static @Nullable ModuleFacts read(String name, Class<?> near) throws IOException {
        try (InputStream in = open(name, near)) {
            if (in == null) {
                return null;
            }
            Properties p = new Properties();
            p.load(in);
            return new ModuleFacts(p.getProperty("name", name), p.getProperty("version", ""), p.getProperty("api", ""));
        }
    }

    private static @Nullable InputStream open(String name, Class<?> near) throws IOException {
        InputStream own = near.getModule().getResourceAsStream(path(name));
        ClassLoader loader = near.getClassLoader();
        return own != null || loader == null ? own : loader.getResourceAsStream(path(name));
    }

    /// The facts of one of core's own modules, which are always there.
    public static ModuleFacts own(String name, Class<?> near) {
        try {
            ModuleFacts facts = read(name, near);
            return facts == null ? new ModuleFacts(name, "unknown", "") : facts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
