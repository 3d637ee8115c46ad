package dev.netstack4j.cli.control;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.cli.control.ReadAhead.Arrival;
import dev.netstack4j.cli.control.calls.Operations;
import dev.netstack4j.cli.control.host.Execution;
import dev.netstack4j.cli.control.host.Op;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.message.JsonText;
import dev.netstack4j.cli.control.message.Reply;
import dev.netstack4j.cli.control.message.Request;
import dev.netstack4j.cli.control.session.Call;
import dev.netstack4j.cli.control.session.Session;
import dev.netstack4j.cli.control.session.Sessions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One connection: a thread that reads ahead and notices when the client is gone, and a thread that answers request
/// after request.
final class Connection {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int number;
    private final SocketChannel channel;
    private final Execution execution;
    private final Operations operations;
    private final Sessions sessions;
    private final Greeting greeting;
    private final ReadAhead ahead = new ReadAhead();
    private volatile @Nullable Session session;
    private volatile boolean gone;
    private @Nullable Thread server;

    Connection(int number, SocketChannel channel, Execution execution, Operations operations, Sessions sessions) {
        this.number = number;
        this.channel = channel;
        this.execution = execution;
        this.operations = operations;
        this.sessions = sessions;
        this.greeting = new Greeting(execution);
    }

    /// Its second thread, not yet started.
    void servedBy(Thread thread) {
        server = thread;
    }

    // ---- reading

    /// Reads until the client is gone.
    void read() {
        LineReader lines = new LineReader(channel);
        try {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                ahead.add(line);
            }
            clientGone();
        } catch (Fault f) {
            ahead.last(new Arrival(null, f));
        } catch (IOException | InterruptedException e) {
            clientGone();
        }
    }

    private void clientGone() {
        gone = true;
        Session s = session;
        Call call = s == null ? null : s.callOf(number);
        if (call != null) {
            execution.abandon(call);
        }
        ahead.last(Arrival.END);
    }

    // ---- answering

    /// Answers until the connection ends, then cleans up.
    void serve() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = answer(ahead.take());
            }
        } catch (IOException | InterruptedException e) {
            gone = true;
        } finally {
            end();
        }
    }

    private boolean answer(Arrival arrival) throws IOException, InterruptedException {
        byte[] line = arrival.line();
        Fault fault = arrival.fault();
        if (line == null && fault == null) {
            return false;
        }
        try {
            if (line == null) {
                throw fault == null ? new Fault(Fault.Kind.BAD_JSON, "no line") : fault;
            }
            return request(JsonText.read(line));
        } catch (Fault f) {
            write(stamped(Reply.of(f), null).line());
            return f.kind().isSurvived();
        }
    }

    private Reply stamped(Reply reply, @Nullable Object id) {
        reply.id(id);
        return execution.isVirtual() ? reply.put("t", execution.lastInstant()) : reply;
    }

    private boolean request(Map<String, Object> fields) throws Fault, IOException, InterruptedException {
        Request request = new Request(fields);
        Object id = request.scalar("id");
        try {
            return request(request, id);
        } catch (Fault f) {
            write(stamped(Reply.of(f), id).line());
            return true;
        }
    }

    private boolean request(Request request, @Nullable Object id) throws Fault, IOException, InterruptedException {
        String name = request.text("op");
        Session mine = session;
        if (name.equals("hello")) {
            hello(request, id, mine);
            return true;
        }
        if (mine == null) {
            throw new Fault(Fault.Kind.NO_SESSION, "say hello first");
        }
        Op op = operations.named(name);
        if (op == null) {
            Reply reply = new Reply();
            reply.result(Errno.ENOSYS.negative());
            write(stamped(reply, id).line());
            return true;
        }
        call(new Call(request, mine, number), op);
        return !name.equals("bye");
    }

    private void hello(Request request, @Nullable Object id, @Nullable Session mine) throws Fault, IOException {
        if (mine != null) {
            throw Fault.field("op", "is hello, but this connection has said hello already");
        }
        greeting.check(request);
        session = sessions.join(request.textOrNull("session"), number);
        write(stamped(greeting.reply(number), id).line());
    }

    private void call(Call call, Op op) throws Fault, IOException, InterruptedException {
        Session mine = call.session();
        mine.doing(number, call);
        if (gone) {
            call.interrupt();
        }
        execution.run(call, Operations.forCall(op, call));
        boolean last = false;
        while (!last) {
            Call.Line line = call.lines().take();
            last = line.last();
            if (last) {
                mine.doing(number, null);
            }
            if (!gone) {
                write(line.bytes());
            }
        }
    }

    private void write(byte[] line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    // ---- ending

    private void end() {
        close();
        ahead.end();
        Session s = session;
        if (s != null && sessions.leave(s, number)) {
            execution.endSession(s);
        }
    }

    /// Waits until its session has been left.
    void awaitEnd() {
        Thread thread = server;
        try {
            if (thread != null) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends it from outside.
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            gone = true; // it is closed in any case
        }
    }
}
