package dev.netstack4j.proto.tcp.output;

import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.proto.tcp.control.StackMemory;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.control.TimerPort;

/// The objects of this room, wired.
public final class OutputRoom {
    public final SegmentSize sizes;
    public final WindowSelector windows;
    public final Transmitter transmitter;
    public final Splitter splitter;
    public final WriteLoop loop;
    public final Retransmitter retransmitter;
    public final ControlSegments control;
    public final SendBuffer buffer;

    /// One per stack.
    public OutputRoom(
            SkBuffPool pool,
            TcpCounters counters,
            TcpSysctls sysctls,
            TimerPort timers,
            StackMemory memory,
            TcpReasons reasons) {
        sizes = new SegmentSize(sysctls);
        windows = new WindowSelector(counters);
        transmitter = new Transmitter(pool, counters, sysctls, windows, sizes, timers);
        splitter = new Splitter(transmitter);
        Pacer pacer = new Pacer(timers);
        SmallQueueLimit smallQueues = new SmallQueueLimit(sysctls, counters);
        loop = new WriteLoop(transmitter, sizes, splitter, timers, pacer, smallQueues, sysctls);
        retransmitter = new Retransmitter(transmitter, splitter, sizes, timers, pacer, smallQueues, sysctls, counters);
        control = new ControlSegments(transmitter, loop, timers, counters);
        buffer = new SendBuffer(transmitter, loop, sizes, memory, sysctls, reasons);
    }
}
