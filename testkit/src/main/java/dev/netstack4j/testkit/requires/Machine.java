package dev.netstack4j.testkit.requires;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The machine as far as [Requirement] asks about it: its files below `root`, and the environment variables.
record Machine(Path root, Map<String, String> environment) {
    static final int CAP_NET_ADMIN = 12;
    static final int CAP_SYS_ADMIN = 21;

    private static final Pattern EFFECTIVE_USER = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+(\\d+)");
    private static final Pattern EFFECTIVE_CAPABILITIES = Pattern.compile("(?m)^CapEff:\\s+(\\p{XDigit}+)");

    static Machine thisOne() {
        return new Machine(Path.of("/"), System.getenv());
    }

    boolean hasFile(String path) {
        return Files.exists(root.resolve(path));
    }

    boolean isRoot() {
        Matcher user = EFFECTIVE_USER.matcher(processStatus());
        return user.find() && user.group(1).equals("0");
    }

    boolean hasCapability(int bit) {
        Matcher capabilities = EFFECTIVE_CAPABILITIES.matcher(processStatus());
        return capabilities.find() && (Long.parseUnsignedLong(capabilities.group(1), 16) >>> bit & 1) == 1;
    }

    boolean hasProgram(String name) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path program = root.resolve(folder).resolve(name);
            if (!folder.isEmpty() && Files.isRegularFile(program) && Files.isExecutable(program)) {
                return true;
            }
        }
        return false;
    }

    boolean mayMissNothing() {
        return Boolean.parseBoolean(environment.get("NETSTACK_REQUIRE_ALL"));
    }

    /// Empty where there is no procfs.
    private String processStatus() {
        try {
            return Files.readString(root.resolve("proc/self/status"));
        } catch (IOException e) {
            return "";
        }
    }
}
