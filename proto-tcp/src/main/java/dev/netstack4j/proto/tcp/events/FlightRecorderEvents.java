package dev.netstack4j.proto.tcp.events;

import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.EventPort;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.recovery.RoundTrip;

/// Writes events while a recording wants them. Otherwise each costs one question, whose answer the compiler knows.
public final class FlightRecorderEvents implements EventPort {
    private final StateChangeEvent[] states;
    private final RetransmitEvent[] retransmits;
    private final TimeoutEvent[] timeouts;
    private final WindowReductionEvent[] reductions;

    /// One per stack.
    public FlightRecorderEvents(int cpus) {
        states = new StateChangeEvent[cpus];
        retransmits = new RetransmitEvent[cpus];
        timeouts = new TimeoutEvent[cpus];
        reductions = new WindowReductionEvent[cpus];
        for (int i = 0; i < cpus; i++) {
            states[i] = new StateChangeEvent();
            retransmits[i] = new RetransmitEvent();
            timeouts[i] = new TimeoutEvent();
            reductions[i] = new WindowReductionEvent();
        }
    }

    @Override
    public void stateChanged(TcpSock sock, TcpState from, TcpState to, Cpu cpu) {
        StateChangeEvent event = states[cpu.id()];
        if (event.isEnabled()) {
            event.of(sock, cpu);
            event.from = from.name();
            event.to = to.name();
            event.write();
        }
    }

    @Override
    public void retransmitted(TcpSock sock, int seq, int bytes, int segments, Cpu cpu) {
        RetransmitEvent event = retransmits[cpu.id()];
        if (event.isEnabled()) {
            event.of(sock, cpu);
            event.sequence = Integer.toUnsignedLong(seq - sock.snd.isn);
            event.bytes = bytes;
            event.segments = segments;
            event.phase = sock.rec.phase.name();
            event.window = sock.cc.cwnd();
            event.write();
        }
    }

    @Override
    public void timedOut(TcpSock sock, Cpu cpu) {
        TimeoutEvent event = timeouts[cpu.id()];
        if (event.isEnabled()) {
            event.of(sock, cpu);
            event.timeout = RoundTrip.timeout(sock.rec);
            event.inRow = sock.rec.retransmits;
            event.unacknowledged = sock.snd.packetsOut;
            event.roundTrip = sock.rec.srttNanos;
            event.write();
        }
    }

    @Override
    public void windowReduced(TcpSock sock, int before, Cpu cpu) {
        WindowReductionEvent event = reductions[cpu.id()];
        if (event.isEnabled()) {
            event.of(sock, cpu);
            event.cause = sock.rec.phase.name();
            event.before = before;
            event.threshold = sock.cc.ssthresh();
            event.inFlight = sock.packetsInFlight();
            event.algorithm = sock.cc.name;
            event.write();
        }
    }
}
