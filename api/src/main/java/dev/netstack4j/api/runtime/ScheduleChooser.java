package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import java.util.List;

/// Decides in schedule exploration who goes on. Given to [VirtualRuntime#explore].
@ImplementedByExtensions
@FunctionalInterface
public interface ScheduleChooser {
    /// Chooses. Called by whichever thread has the baton, one at a time; must not wait, and must decide by what it has
    /// seen so far alone, so that a schedule can be repeated. What it throws ends the step that runs.
    ///
    /// @param candidates who can go on, by name, at least 2. The first is the default: who runs now if it can go on,
    ///     else the next in order
    /// @param where the point at which the choice is made: the name of a lock, of bits, or of what is done there
    /// @return an index into `candidates`
    int choose(List<String> candidates, String where);
}
