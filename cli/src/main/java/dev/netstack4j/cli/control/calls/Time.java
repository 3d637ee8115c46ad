package dev.netstack4j.cli.control.calls;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.cli.control.host.Execution;
import dev.netstack4j.cli.control.host.Leap;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.message.Request;
import dev.netstack4j.cli.control.session.Call;
import org.jspecify.annotations.Nullable;

/// The clock: clock.now, clock.advance and clock.next. A real clock can be read only.
final class Time {
    private final Execution execution;

    Time(Execution execution) {
        this.execution = execution;
    }

    void now(Call call) {
        call.reply().result(0);
        call.reply().put("now", execution.host().now());
    }

    void advance(Call call) throws Fault {
        Request r = call.request();
        VirtualRuntime runtime = virtual(call);
        if (runtime == null) {
            return;
        }
        if (r.has("to") == r.has("by")) {
            throw Fault.field("to", "or 'by' must be given, one of the two");
        }
        long now = runtime.clock().nanos();
        long ahead = r.has("by") ? r.number("by") : Math.max(0, r.number("to")) - now;
        Leap.check(r.has("by") ? "by" : "to", ahead);
        runtime.advance(Math.max(0, ahead));
        now(call);
    }

    void next(Call call) {
        VirtualRuntime runtime = virtual(call);
        if (runtime != null) {
            runtime.runDue();
            long next = runtime.nextDeadlineNanos();
            call.reply().result(0);
            call.reply().put("next", next == Long.MAX_VALUE ? null : (Object) next);
        }
    }

    private @Nullable VirtualRuntime virtual(Call call) {
        VirtualRuntime runtime = execution.host().virtual();
        if (runtime == null) {
            call.reply().error(Errno.EOPNOTSUPP, "only a virtual clock can be moved; start with --clock virtual");
        }
        return runtime;
    }
}
