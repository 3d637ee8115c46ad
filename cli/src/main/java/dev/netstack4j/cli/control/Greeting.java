package dev.netstack4j.cli.control;

import dev.netstack4j.cli.control.host.Execution;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.message.Reply;
import dev.netstack4j.cli.control.message.Request;

/// The op `hello`.
final class Greeting {
    /// Version of the protocol.
    static final int VERSION = 1;

    private static final int LONGEST_NAME = 255;

    private final Execution execution;

    Greeting(Execution execution) {
        this.execution = execution;
    }

    private String clock() {
        return execution.isVirtual() ? "virtual" : "real";
    }

    void check(Request r) throws Fault {
        if (r.number("version") != VERSION) {
            throw Fault.field("version", "is not " + VERSION + ", the version that this server speaks");
        }
        String wanted = r.textOrNull("clock");
        if (wanted != null && !wanted.equals(clock())) {
            throw Fault.field("clock", "is '" + wanted + "', but this server's clock is " + clock());
        }
        String session = r.textOrNull("session");
        if (session != null && (session.isEmpty() || session.length() > LONGEST_NAME)) {
            throw Fault.field("session", "must have 1 to " + LONGEST_NAME + " characters");
        }
    }

    Reply reply(int connection) {
        Reply reply = new Reply();
        reply.result(0);
        return reply.put("conn", connection)
                .put("version", VERSION)
                .put("stack", "netstack4j " + version())
                .put("clock", clock())
                .put(
                        "now",
                        execution.isVirtual()
                                ? execution.lastInstant()
                                : execution.host().now());
    }

    private String version() {
        return execution.host().stack().modules().stream()
                .filter(m -> m.name().equals("core"))
                .findFirst()
                .map(m -> m.version())
                .orElse("0");
    }
}
