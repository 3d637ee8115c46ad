package dev.netstack4j.testkit.script.model;

import java.util.List;
import java.util.Map;

/// What holds before the first event.
///
/// @param host      the stack's address with its prefix, as text
/// @param peer      the script's address
/// @param mtu       of the link, bytes
/// @param autoArp   whether the runner answers questions for addresses itself and hides them
/// @param sysctls   settings by name
/// @param routes    prefixes that are reached through the peer
/// @param options   options of the stack: `memory`, `cpus`, `without`
/// @param skipped   targets on which the script is not run, and why
/// @param tolerance of times on a target of real time that the script asks for, nanoseconds; 0 for the target's own
/// @param proves    ids of the requirements that the script proves
public record Setup(
        String host,
        String peer,
        int mtu,
        boolean autoArp,
        Map<String, Integer> sysctls,
        List<String> routes,
        Map<String, String> options,
        Map<String, String> skipped,
        long tolerance,
        List<String> proves) {
    /// What proves nothing in particular.
    public Setup(
            String host,
            String peer,
            int mtu,
            boolean autoArp,
            Map<String, Integer> sysctls,
            List<String> routes,
            Map<String, String> options,
            Map<String, String> skipped,
            long tolerance) {
        this(host, peer, mtu, autoArp, sysctls, routes, options, skipped, tolerance, List.of());
    }
}
