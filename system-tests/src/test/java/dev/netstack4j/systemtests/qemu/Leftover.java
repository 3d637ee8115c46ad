package dev.netstack4j.systemtests.qemu;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a process has of the machine now, for comparing before and after.
///
/// @param processes   its child processes
/// @param descriptors its open files
/// @param threads     its threads
/// @param files       in the folders that the bus uses
public record Leftover(long processes, long descriptors, TreeSet<String> threads, TreeSet<String> files) {
    /// Counts.
    public static Leftover now() throws IOException {
        return new Leftover(
                ProcessHandle.current().children().count(),
                count(Path.of("/proc/self/fd")),
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(n -> !n.equals("process reaper")) // the JDK's own, ends by itself
                        .collect(Collectors.toCollection(TreeSet::new)),
                filesNow());
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        }
    }

    private static TreeSet<String> filesNow() throws IOException {
        TreeSet<String> found = new TreeSet<>();
        collect(Path.of("/dev/shm"), "netstack4j-*", found);
        collect(folder(), ownPrefix() + "*", found);
        return found;
    }

    private static void collect(Path folder, String names, TreeSet<String> into) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, names)) {
                all.forEach(p -> into.add(p.toString()));
            }
        }
    }

    /// Folders of this process begin so.
    private static String ownPrefix() {
        return "*-" + ProcessHandle.current().pid() + "-";
    }

    /// Where the bus keeps its folders.
    static Path folder() {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        boolean there = runtime != null && Files.isDirectory(Path.of(runtime));
        return Path.of(there ? runtime : System.getProperty("java.io.tmpdir"))
                .resolve("netstack4j-qemu-" + System.getProperty("user.name"));
    }
}
