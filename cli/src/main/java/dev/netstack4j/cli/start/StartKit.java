package dev.netstack4j.cli.start;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/// The files of a new extension. A kind has a list `KIND/files.txt`, each line a resource and where it goes; words
/// between `@` are filled in, in names and contents.
public final class StartKit {
    /// The bom whose modules the new project is built and tested with.
    public static final String BOM_VERSION = "0.2.0";

    /// A driver is tested on the bus of device models.
    private static final String BUS = """
                <dependency>
                  <groupId>dev.netstack4j</groupId>
                  <artifactId>netstack4j-bus-emulated</artifactId>
                  <scope>test</scope>
                </dependency>
            """;

    private final String kind;
    private final String artifact;
    private final Map<String, String> words;

    /// @param kind    `qdisc`, `nic` or `protocol`
    /// @param name    of the extension, lower-case words joined by `-`
    /// @param group   Maven's group and the root of the package
    public StartKit(String kind, String name, String group) throws IOException {
        this.kind = kind;
        String packageName = group + "." + name.replace("-", "");
        this.artifact = kind.equals("protocol") ? "proto-" + name : kind + "-" + name;
        this.words = Map.ofEntries(
                Map.entry("name", name.replace('-', '_')),
                Map.entry("NAME", name.replace('-', '_').toUpperCase(Locale.ROOT)),
                Map.entry("Name", camelCase(name)),
                Map.entry("group", group),
                Map.entry("artifact", artifact),
                Map.entry("package", packageName),
                Map.entry("path", packageName.replace('.', '/')),
                Map.entry("kind", kind.equals("nic") ? "driver" : kind),
                Map.entry("api", apiVersion()),
                Map.entry("bom", BOM_VERSION),
                Map.entry("bus", kind.equals("nic") ? BUS : ""));
    }

    private static String camelCase(String name) {
        StringBuilder s = new StringBuilder();
        for (String word : name.split("-", -1)) {
            s.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return s.toString();
    }

    private static String apiVersion() throws IOException {
        Properties p = new Properties();
        try (InputStream in =
                StartKit.class.getClassLoader().getResourceAsStream("META-INF/netstack4j/cli.properties")) {
            p.load(in);
        }
        return p.getProperty("api");
    }

    /// The artifact, and the name of its folder.
    public String artifact() {
        return artifact;
    }

    /// Writes the project.
    ///
    /// @param folder made if it is not there
    /// @return the files, relative to the folder
    public List<Path> writeTo(Path folder) throws IOException {
        List<Path> written = new ArrayList<>();
        for (String line : resource(kind + "/files.txt").lines().toList()) {
            String[] fromTo = line.trim().split("\\s+", 2);
            Path to = Path.of(filled(fromTo[1]));
            Path file = folder.resolve(to);
            Files.createDirectories(file.getParent());
            Files.writeString(file, filled(resource(fromTo[0])));
            written.add(to);
        }
        return written;
    }

    private String filled(String text) {
        String s = text;
        for (Map.Entry<String, String> w : words.entrySet()) {
            s = s.replace("@" + w.getKey() + "@", w.getValue());
        }
        return s;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = StartKit.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("this build of netstack has no start kit file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
