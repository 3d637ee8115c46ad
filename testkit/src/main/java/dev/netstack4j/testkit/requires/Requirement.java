package dev.netstack4j.testkit.requires;

import java.util.Optional;

/// What a test may need to be allowed to do. More may be added.
public enum Requirement {
    /// The process runs as user 0.
    ROOT {
        @Override
        Optional<String> missing(Machine machine) {
            return unless(machine.isRoot(), "root");
        }
    },

    /// The process may create Linux TAP devices: `/dev/net/tun` is there, and it has `CAP_NET_ADMIN`.
    TAP {
        @Override
        Optional<String> missing(Machine machine) {
            return unless(
                    machine.hasFile("dev/net/tun") && machine.hasCapability(Machine.CAP_NET_ADMIN),
                    "TAP (/dev/net/tun and CAP_NET_ADMIN)");
        }
    },

    /// The process may create network namespaces: Linux has them, and it has `CAP_SYS_ADMIN`.
    NETWORK_NAMESPACE {
        @Override
        Optional<String> missing(Machine machine) {
            return unless(
                    machine.hasFile("proc/self/ns/net") && machine.hasCapability(Machine.CAP_SYS_ADMIN),
                    "network namespaces (Linux and CAP_SYS_ADMIN)");
        }
    };

    /// Says in words what is missing on the machine, or nothing.
    abstract Optional<String> missing(Machine machine);

    private static Optional<String> unless(boolean present, String what) {
        return present ? Optional.empty() : Optional.of(what);
    }
}
