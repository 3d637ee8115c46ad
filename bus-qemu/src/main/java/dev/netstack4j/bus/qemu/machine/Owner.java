package dev.netstack4j.bus.qemu.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The process that a runtime folder belongs to. Its time of start tells it from a later one of the same number, the
/// namespace from one of another container.
///
/// @param namespace number of the namespace of process numbers
/// @param pid       process number
/// @param started   clock ticks from the start of the machine to that of the process
record Owner(String namespace, long pid, long started) {
    private static final Path PROCESSES = Path.of("/proc");
    private static final Pattern NAME = Pattern.compile("(\\d+)-(\\d+)-(\\d+)-\\d+");
    /// Of the words after the program's name in parentheses (proc(5), field 22).
    private static final int START_TIME = 19;

    static Owner current() throws IOException {
        long pid = ProcessHandle.current().pid();
        return new Owner(currentNamespace(), pid, startOf(pid));
    }

    private static String currentNamespace() throws IOException {
        return Files.readSymbolicLink(PROCESSES.resolve("self/ns/pid"))
                .toString()
                .replaceAll("\\D", "");
    }

    /// Start of the names of its folders.
    String prefix() {
        return namespace + "-" + pid + "-" + started + "-";
    }

    /// Whether the owner that a folder's name tells is known to have ended. Of another namespace's nothing is known.
    static boolean hasEnded(String folder) throws IOException {
        Matcher m = NAME.matcher(folder);
        return m.matches()
                && m.group(1).equals(currentNamespace())
                && startOf(Long.parseLong(m.group(2))) != Long.parseLong(m.group(3));
    }

    /// When a process started, or -1 when there is none.
    private static long startOf(long pid) {
        try {
            String stat = Files.readString(PROCESSES.resolve(pid + "/stat"));
            String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(words[START_TIME]);
        } catch (IOException e) {
            return -1;
        }
    }
}
