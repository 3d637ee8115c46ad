package dev.netstack4j.proto.tcp.congestion;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.settings.TextSysctl;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The settings that name congestion controls. Process context. Everybody here may choose any algorithm, as a
/// privileged process may in Linux, so the list of those allowed to others is kept and restricts nobody.
@Linux("net/ipv4/sysctl_net_ipv4.c#proc_tcp_congestion_control")
final class CongestionSysctls {
    private static final String STANDARD = "cubic";
    private final CongestionKinds kinds;
    private volatile String standard = STANDARD;
    private volatile Set<String> allowed = Set.of();
    private volatile boolean started;

    CongestionSysctls(CongestionKinds kinds) {
        this.kinds = kinds;
    }

    void declare(Sysctls settings) {
        settings.declare(new Setting(
                "net.ipv4.tcp_congestion_control",
                this::standard,
                this::standard,
                "the congestion control of new connections"));
        settings.declare(new Setting(
                "net.ipv4.tcp_available_congestion_control",
                () -> String.join(" ", kinds.names()),
                name -> {
                    throw new IllegalArgumentException("'net.ipv4.tcp_available_congestion_control' can only be read");
                },
                "all congestion controls of this stack"));
        settings.declare(new Setting(
                "net.ipv4.tcp_allowed_congestion_control",
                () -> String.join(" ", allowed()),
                this::allowed,
                "congestion controls that anybody may choose"));
    }

    void start() {
        started = true;
        if (!STANDARD.equals(standard) && !kinds.exists(standard)) {
            throw new IllegalStateException("there is no congestion control '" + standard + "'");
        }
        allowed.forEach(this::check);
    }

    String standard() {
        return standard;
    }

    private void standard(String name) {
        check(name);
        standard = name;
    }

    /// Reno and the standard one are always allowed.
    private List<String> allowed() {
        Set<String> all = new LinkedHashSet<>(List.of(CongestionKinds.RENO, kinds.standard()));
        all.addAll(allowed);
        return List.copyOf(all);
    }

    private void allowed(String names) {
        Set<String> wanted = new LinkedHashSet<>(List.of(names.strip().split("\\s+")));
        wanted.forEach(this::check);
        allowed = wanted;
    }

    private void check(String name) {
        if (started && !kinds.exists(name)) {
            throw new IllegalArgumentException("there is no congestion control '" + name + "'");
        }
    }

    private record Setting(String name, Supplier<String> value, Consumer<String> change, String description)
            implements TextSysctl {
        @Override
        public String get() {
            return value.get();
        }

        @Override
        public void set(String text) {
            change.accept(text);
        }
    }
}
