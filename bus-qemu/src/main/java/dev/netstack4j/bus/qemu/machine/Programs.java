package dev.netstack4j.bus.qemu.machine;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Starts QEMU, or says what to install.
final class Programs {
    private Programs() {}

    static Process start(ProcessBuilder builder) throws IOException {
        String program = builder.command().getFirst();
        if (!isThere(program)) {
            throw new NetException(
                    Errno.ENOENT,
                    "start '" + program + "'; install QEMU 10 or newer for x86_64 (on Debian 12: apt-get install -t"
                            + " bookworm-backports qemu-system-x86)");
        }
        return builder.start();
    }

    /// Waits for the end of a process that was told to end, even when interrupted.
    static void awaitEnd(Process process) {
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isThere(String program) {
        if (program.contains("/")) {
            return Files.isExecutable(Path.of(program));
        }
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
