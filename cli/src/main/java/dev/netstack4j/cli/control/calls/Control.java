package dev.netstack4j.cli.control.calls;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.cli.control.host.Execution;
import dev.netstack4j.cli.control.link.LinkSettings;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.message.Request;
import dev.netstack4j.cli.control.session.Call;
import java.util.ArrayList;
import java.util.List;

/// Ops about the server itself: reset, interrupt and bye. The first one, `hello`, is the connection's own.
final class Control {
    private final Execution execution;

    Control(Execution execution) {
        this.execution = execution;
    }

    /// The connection ends after the reply.
    void bye(Call call) {
        call.reply().result(0);
    }

    void reset(Call call) throws Fault, NetException {
        Request r = call.request();
        boolean seeded = r.has("seed");
        long seed = r.number("seed", execution.usualSeed());
        List<LinkSettings> links = execution.usualLinks();
        if (r.has("links")) {
            links = new ArrayList<>();
            for (Request link : r.objects("links")) {
                links.add(Wire.settings(link));
            }
        }
        if (seeded && !execution.isVirtual()) {
            call.reply().error(Errno.EOPNOTSUPP, "a run can be repeated in virtual time only");
            return;
        }
        try {
            execution.reset(seed, links);
            call.reply().result(0);
        } catch (AssemblyException e) {
            call.reply().error(Errno.EIO, String.valueOf(e.getMessage()));
        }
    }

    void interrupt(Call call) throws Fault {
        int connection = call.request().integer("conn");
        if (!call.session().has(connection)) {
            call.reply().error(Errno.EINVAL, "the session has no connection " + connection);
            return;
        }
        Call other = call.session().callOf(connection);
        if (other != null && other != call) {
            other.interrupt();
        }
        call.reply().result(0);
    }
}
