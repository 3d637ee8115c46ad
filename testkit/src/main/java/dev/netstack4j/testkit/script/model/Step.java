package dev.netstack4j.testkit.script.model;

import java.util.List;

/// One statement of a script.
public sealed interface Step {
    /// Where it stands.
    Place place();

    /// A step that happens at a time.
    sealed interface Timed extends Step {
        /// When it happens.
        When when();
    }

    /// The peer sends a packet.
    record In(Place place, When when, Packet packet) implements Timed {}

    /// The stack must send a packet.
    record Out(Place place, When when, Packet packet) implements Timed {}

    /// An application calls.
    record CallStep(Place place, When when, Call call) implements Timed {}

    /// Until then the stack sends nothing.
    record Quiet(Place place, When when) implements Timed {}

    /// A setting is changed while the script runs.
    record Set(Place place, When when, String name, int value) implements Timed {}

    /// What differs on one target.
    ///
    /// @param target    for example `linux`
    /// @param reason    why, a sentence
    /// @param there     steps on that target
    /// @param elsewhere steps on every other one
    record Differs(Place place, String target, String reason, List<Step> there, List<Step> elsewhere) implements Step {}
}
