package dev.netstack4j.testkit.script.linux;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.testkit.script.model.Setup;
import dev.netstack4j.testkit.script.run.Sockets;
import dev.netstack4j.testkit.script.run.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The kernel of this machine in real time: a network namespace with one TAP device, whose other end is the script.
/// Each has a namespace of its own, so several run at the same time.
public final class LinuxTarget implements Target {
    /// Its name in scripts.
    public static final String NAME = "linux";

    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final String DEVICE = "tap0";
    private static final long MILLI = 1_000_000;
    private static final long TOLERANCE = 30 * MILLI;
    private static final long SHARE = 20;
    private static final long ANSWER = 2 * MILLI;
    private static final long ENTERED = 3 * MILLI;
    private static final int PROGRAM_SECONDS = 10;

    private @Nullable Namespace namespace;
    private @Nullable Tap tap;
    private volatile long started;

    /// Not open yet.
    public LinuxTarget() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isExact() {
        return false;
    }

    /// @throws IllegalStateException without root, `/dev/net/tun` or the program `ip`
    @Override
    public void open(Setup setup) throws Exception {
        Namespace n = Namespace.make();
        namespace = n;
        n.inside(() -> {
            KernelDefaults.set();
            tap = Tap.open(DEVICE);
            configure(setup);
            for (var s : setup.sysctls().entrySet()) {
                write(s.getKey(), String.valueOf(s.getValue()));
            }
            warmUp();
            return true;
        });
        Tap t = tap();
        n.start("tap", () -> t.read(this::now));
        t.awaitReader();
        t.forget();
        started = System.nanoTime();
    }

    private static void configure(Setup setup) throws Exception {
        StringBuilder batch = new StringBuilder();
        batch.append("link set lo up\n");
        batch.append("link set ").append(DEVICE).append(" address ").append(MAC);
        batch.append(" mtu ").append(setup.mtu()).append(" up\n");
        batch.append("addr add ")
                .append(setup.host())
                .append(" broadcast + dev ")
                .append(DEVICE)
                .append('\n');
        for (String route : setup.routes()) {
            batch.append("route add ")
                    .append(route)
                    .append(" via ")
                    .append(setup.peer())
                    .append('\n');
        }
        Process ip = new ProcessBuilder("ip", "-batch", "-")
                .redirectErrorStream(true)
                .start();
        ip.getOutputStream().write(batch.toString().getBytes(StandardCharsets.US_ASCII));
        ip.getOutputStream().close();
        if (!ip.waitFor(PROGRAM_SECONDS, TimeUnit.SECONDS)) {
            ip.destroyForcibly();
            throw new IllegalStateException("ip -batch does not end");
        }
        if (ip.exitValue() != 0) {
            String said = new String(ip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            throw new IllegalStateException("ip -batch failed: " + said);
        }
    }

    /// The first call of each kind loads classes, which takes longer than a script allows.
    private static void warmUp() {
        KernelSockets sockets = new KernelSockets();
        int fd = sockets.socket(AF_INET, SOCK_STREAM, 0);
        sockets.name(fd, false);
        sockets.recv(fd, new byte[1], 0, new Sockets.Received());
        sockets.send(fd, new byte[1], 0, null);
        sockets.poll(fd, 0, new int[1], 0);
        sockets.close(fd);
    }

    /// Writes a setting of the calling thread's namespace.
    static void write(String name, String value) throws IOException {
        Files.writeString(Path.of("/proc/sys", name.replace('.', '/')), value);
    }

    @Override
    public long hostMac() {
        return MAC.bits();
    }

    @Override
    public long now() {
        return System.nanoTime() - started;
    }

    @Override
    public void send(byte[] frame) {
        tap().write(frame);
    }

    /// Waits a little in any case: an answer at once needs its time too.
    @Override
    public @Nullable Frame next(long untilNanos) {
        return tap().poll(Math.max(untilNanos - now(), ANSWER));
    }

    @Override
    public Sockets sockets() {
        return new KernelSockets();
    }

    @Override
    public void start(Runnable call) {
        CountDownLatch begun = new CountDownLatch(1);
        namespace().start("call", () -> {
            begun.countDown();
            call.run();
        });
        try {
            begun.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void settle(Pending pending, long untilNanos) {
        long until = Math.max(untilNanos, now() + ENTERED);
        while (!pending.isDone() && now() < until) {
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(0, 100_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// 30 ms and a twentieth of the time that passes: other programs want the processor too.
    @Override
    public long tolerance(long delayNanos) {
        return TOLERANCE + Math.max(0, delayNanos) / SHARE;
    }

    @Override
    public void set(String name, int value) {
        try {
            namespace().inside(() -> {
                write(name, String.valueOf(value));
                return true;
            });
        } catch (Exception e) {
            throw new IllegalArgumentException("the kernel does not take " + name + " = " + value, e);
        }
    }

    @Override
    public void verify() {
        // the kernel keeps its own books
    }

    @Override
    public void close() {
        if (tap != null) {
            tap.close();
        }
        if (namespace != null) {
            namespace.close();
        }
    }

    private Tap tap() {
        return opened(tap);
    }

    private Namespace namespace() {
        return opened(namespace);
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the target is not open");
        }
        return part;
    }
}
