package dev.netstack4j.testkit.script.linux;

import dev.netstack4j.api.doc.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// A new network namespace takes over some settings of the machine. Here they get the values that the kernel has by
/// itself, so that a script means the same on every machine; ping sockets are allowed to everybody, and IPv6 is off,
/// because it would send packets of its own.
/// Congestion control is chosen by [KernelSockets], because a namespace may not choose every one.
@Linux("net/ipv4/tcp_ipv4.c#tcp_sk_init")
final class KernelDefaults {
    private static final Map<String, String> VALUES = new TreeMap<>(Map.of(
            "net.ipv4.tcp_rmem",
            "4096 131072 6291456",
            "net.ipv4.tcp_wmem",
            "4096 16384 4194304",
            "net.ipv4.conf.all.rp_filter",
            "0",
            "net.ipv4.conf.default.rp_filter",
            "0",
            "net.ipv4.tcp_fin_timeout",
            "60",
            "net.ipv4.ping_group_range",
            "0 2147483647"));
    private static final String NO_IPV6 = "net.ipv6.conf.default.disable_ipv6";

    private KernelDefaults() {}

    /// Sets them in the calling thread's namespace.
    static void set() throws IOException {
        for (Map.Entry<String, String> e : VALUES.entrySet()) {
            LinuxTarget.write(e.getKey(), e.getValue());
        }
        if (Files.exists(Path.of("/proc/sys", NO_IPV6.replace('.', '/')))) {
            LinuxTarget.write(NO_IPV6, "1");
        }
    }
}
