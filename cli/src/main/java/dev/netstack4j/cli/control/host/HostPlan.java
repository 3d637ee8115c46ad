package dev.netstack4j.cli.control.host;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.cli.control.link.ControlLink;
import dev.netstack4j.cli.control.link.ControlLinkModule;
import dev.netstack4j.cli.control.link.ControlLinks;
import dev.netstack4j.cli.control.link.LinkSettings;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How a stack is made: at the start, and after each reset.
///
/// @param factory where runtimes come from
/// @param builder gives a builder with every module that is wanted
/// @param virtual whether time is virtual
/// @param seed    of the first stack, in virtual time
/// @param links   of every stack, unless a reset names others
/// @param attach  gives the stack its other devices, addresses and routes
public record HostPlan(
        StackFactory factory,
        Supplier<StackBuilder> builder,
        boolean virtual,
        long seed,
        List<LinkSettings> links,
        Attach attach) {
    /// The part that the user's options ask for.
    @FunctionalInterface
    public interface Attach {
        /// Attaches a new stack.
        void attach(Stack stack) throws NetException;
    }

    Host make() throws NetException, AssemblyException {
        return make(seed, links);
    }

    /// Makes a stack, with its links up.
    Host make(long withSeed, List<LinkSettings> withLinks) throws NetException, AssemblyException {
        VirtualRuntime runtime = virtual ? factory.virtualTime(withSeed) : null;
        StackBuilder b = builder.get().with(new ControlLinkModule());
        Stack stack = (runtime == null ? b : b.runtime(runtime)).build();
        try {
            return furnish(stack, runtime, withLinks);
        } catch (NetException | RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private Host furnish(Stack stack, @Nullable VirtualRuntime runtime, List<LinkSettings> withLinks)
            throws NetException {
        Host host = new Host(stack, stack.service(ControlLinks.class), runtime);
        for (LinkSettings l : withLinks) {
            ControlLink link = host.links().add(l, virtual);
            stack.links().up(link.device());
        }
        attach.attach(stack);
        return host;
    }
}
