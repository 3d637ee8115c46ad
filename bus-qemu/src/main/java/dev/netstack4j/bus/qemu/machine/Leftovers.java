package dev.netstack4j.bus.qemu.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// What a process that was killed has left: its QEMUs, which do not notice, and their folders. Ended and removed when
/// the next bus is made.
public final class Leftovers {
    private static final Path PROCESSES = Path.of("/proc");

    private Leftovers() {}

    /// Ends and removes what belongs to processes that are no more.
    public static void sweep() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(RuntimeFolder.parent())) {
            for (Path f : folders) {
                if (Owner.hasEnded(String.valueOf(f.getFileName()))) {
                    RuntimeFolder folder = new RuntimeFolder(f);
                    endProcessOf(folder);
                    folder.delete();
                }
            }
        }
    }

    /// The QEMU that was told to use this very folder; nobody else's command line names it.
    private static void endProcessOf(RuntimeFolder folder) throws IOException {
        String argument = "unix:" + folder.registers();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path p : processes) {
                // The handle knows the time of start, and ends no later process of that number.
                ProcessHandle handle = ProcessHandle.of(Long.parseLong(String.valueOf(p.getFileName())))
                        .orElse(null);
                if (handle != null && hasArgument(p, argument)) {
                    handle.destroyForcibly();
                }
            }
        }
    }

    private static boolean hasArgument(Path process, String argument) {
        try {
            String line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            return Arrays.asList(line.split("\0", -1)).contains(argument);
        } catch (IOException e) {
            return false; // it has ended
        }
    }
}
