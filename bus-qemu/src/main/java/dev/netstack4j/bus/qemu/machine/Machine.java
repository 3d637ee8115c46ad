package dev.netstack4j.bus.qemu.machine;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One running QEMU with its three connections. It ends with [#close], and with the virtual machine whatever happens;
/// what a kill leaves behind the next start ends.
public final class Machine implements AutoCloseable {
    /// Slot of the device.
    public static final int SLOT = CommandLine.SLOT;
    /// Slot of the helper device that turns messages into interrupts.
    public static final int MESSAGE_SLOT = CommandLine.MESSAGE_SLOT;

    private final Process process;
    private final RuntimeFolder folder;
    private final Thread atExit;
    private @Nullable Connections connections;

    private Machine(Process process, RuntimeFolder folder) {
        this.process = process;
        this.folder = folder;
        this.atExit = new Thread(this::end, "end of QEMU " + process.pid());
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /// Starts QEMU and waits until it has connected. Process context.
    ///
    /// @throws NetException when it is not there or ends at once; says what it said
    public static Machine start(MachineOptions options) throws NetException {
        try {
            RuntimeFolder folder = RuntimeFolder.create();
            boolean started = false;
            try (Listeners listeners = Listeners.in(folder)) {
                Machine m = new Machine(spawn(options, folder), folder);
                started = true;
                m.connect(listeners, options);
                return m;
            } finally {
                if (!started) {
                    folder.delete();
                }
            }
        } catch (NetException e) {
            throw e;
        } catch (IOException e) {
            throw new NetException(Errno.EIO, "start QEMU (" + e.getMessage() + ")", e);
        }
    }

    private static Process spawn(MachineOptions o, RuntimeFolder folder) throws IOException {
        Path firmware = Firmware.write(folder.firmware());
        return Programs.start(new ProcessBuilder(CommandLine.of(o, folder, firmware))
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.errors().toFile()));
    }

    private void connect(Listeners listeners, MachineOptions options) throws IOException {
        boolean connected = false;
        try {
            Connections c = listeners.accept(process::isAlive);
            connections = c;
            if (c == null) {
                throw refusal(options);
            }
            connected = true;
        } finally {
            if (!connected) {
                close();
            }
        }
    }

    /// What there is to say when it has ended by itself.
    public NetException refusal(MachineOptions options) {
        Programs.awaitEnd(process);
        return new NetException(
                Errno.ENODEV, "start QEMU with device '" + options.model() + "', as QEMU says: " + complaint());
    }

    /// The last line of what it wrote to standard error.
    private String complaint() {
        try {
            List<String> lines = Files.readAllLines(folder.errors()).stream()
                    .filter(l -> !l.isBlank())
                    .toList();
            return lines.isEmpty() ? "nothing" : lines.getLast().strip();
        } catch (IOException e) {
            return "nothing";
        }
    }

    private Connections connections() {
        Connections c = connections;
        if (c == null) {
            throw new IllegalStateException("QEMU has not connected");
        }
        return c;
    }

    /// The socket of the qtest protocol.
    public SocketChannel registers() {
        return connections().registers();
    }

    /// The socket of the device's frames.
    public SocketChannel frames() {
        return connections().frames();
    }

    /// The socket of the control protocol QMP.
    public SocketChannel control() {
        return connections().control();
    }

    /// Number of the process.
    public long pid() {
        return process.pid();
    }

    private void end() {
        process.destroyForcibly();
        folder.delete();
    }

    /// Ends QEMU, waits for its end and removes what it used. A second call does nothing.
    @Override
    public void close() {
        process.destroyForcibly();
        Programs.awaitEnd(process);
        Connections c = connections;
        if (c != null) {
            c.close();
        }
        folder.delete();
        forgetExit();
    }

    private void forgetExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The virtual machine is ending, and the hook runs or has run.
        }
    }
}
