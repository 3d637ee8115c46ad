package dev.netstack4j.pci.trace;

import dev.netstack4j.api.runtime.Clock;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file of a trace, a line an event: time, what, of what, and the rest. Any thread. A file that cannot be written
/// any more ends the trace, not the driver.
final class Recorder {
    private static final System.Logger LOG = System.getLogger("dev.netstack4j.pci.trace");
    private static final long SECOND = 1_000_000_000L;

    private final Path file;
    private final Clock clock;
    private final long start;
    private final BufferedWriter out;
    private boolean open = true;

    Recorder(Path file, Clock clock) throws IOException {
        this.file = file;
        this.clock = clock;
        start = clock.nanos();
        out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }

    void comment(String text) {
        write("# " + text);
    }

    /// @param what   `r`, `w`, `post`, `back`, `irq` or `slot`
    /// @param of     the register, descriptor or interrupt
    /// @param detail value and its meaning; may be empty
    void event(String what, String of, String detail) {
        long t = clock.nanos() - start;
        String nanos = Long.toString(SECOND + t % SECOND).substring(1);
        write(t / SECOND + "." + nanos + "  " + what + " " + of + (detail.isEmpty() ? "" : " = " + detail));
    }

    private synchronized void write(String line) {
        if (!open) {
            return;
        }
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            open = false;
            LOG.log(System.Logger.Level.ERROR, "the register trace " + file + " ends here", e);
        }
    }

    synchronized void close() {
        open = false;
        try {
            out.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "the register trace " + file + " is not whole", e);
        }
    }
}
