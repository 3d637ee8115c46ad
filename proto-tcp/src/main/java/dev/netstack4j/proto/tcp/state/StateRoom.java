package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.socket.SockFactory;
import dev.netstack4j.proto.tcp.congestion.CongestionKinds;
import dev.netstack4j.proto.tcp.control.DemuxPort;
import dev.netstack4j.proto.tcp.control.StackMemory;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.fastopen.FastOpenKeys;
import dev.netstack4j.proto.tcp.fastopen.ServerCache;
import dev.netstack4j.proto.tcp.input.InputRoom;
import dev.netstack4j.proto.tcp.output.OutputRoom;
import dev.netstack4j.proto.tcp.recovery.LossRecovery;

/// The objects of this room, wired.
public final class StateRoom {
    public final Endings endings;
    public final Opening opening;
    public final Replies replies;
    public final UserCalls calls;
    public final StateMachine machine;
    public final TimeWaitState timeWait;

    /// One per stack.
    public StateRoom(
            StackMemory memory,
            InputRoom input,
            OutputRoom output,
            DemuxPort demux,
            TimerPort timers,
            Timers timerMaker,
            SkBuffPool pool,
            SockFactory factory,
            CongestionKinds kinds,
            SequenceNumbers numbers,
            SynCookies cookies,
            FastOpenKeys fastOpenKeys,
            ServerCache servers,
            LossRecovery recovery,
            TcpSysctls sysctls,
            TcpCounters counters,
            TcpReasons reasons,
            int cpus) {
        endings = new Endings(demux, timers, timerMaker, output.control, memory, sysctls, counters, reasons, cpus);
        opening = new Opening(endings, kinds, output.sizes, output.buffer, input.tuning, timers, sysctls);
        replies = new Replies(pool, counters);
        SynAckSender synAcks = new SynAckSender(pool, counters, cpus);
        SynQueue requests =
                new SynQueue(demux, synAcks, opening, kinds, numbers, cookies, timerMaker, sysctls, counters);
        Children children = new Children(factory, demux, opening, output.sizes, sysctls, counters);
        FastOpenServer fastServer = new FastOpenServer(
                children, opening, endings, input.data, output.control, fastOpenKeys, sysctls, counters, reasons);
        FastOpenClient fastClient = new FastOpenClient(
                servers,
                output.control,
                output.buffer,
                output.sizes,
                recovery,
                output.retransmitter,
                sysctls,
                counters);
        ListenState listen =
                new ListenState(demux, requests, children, fastServer, replies, sysctls, counters, reasons, cpus);
        OpenStates open = new OpenStates(
                input.fast,
                input.check,
                input.acks,
                input.policy,
                input.data,
                input.urgent,
                input.tuning,
                input.challenges,
                endings,
                reasons);
        ClosingStates closing = new ClosingStates(open, endings, replies, counters, reasons);
        OpeningStates openingStates = new OpeningStates(
                open,
                opening,
                endings,
                input.acks,
                fastClient,
                output.control,
                output.retransmitter,
                replies,
                timers,
                reasons);
        timeWait = new TimeWaitState(endings, replies, sysctls, counters, reasons, cpus);
        machine =
                new StateMachine(memory, open, closing, openingStates, listen, timeWait, demux, replies, reasons, cpus);
        calls = new UserCalls(
                demux,
                opening,
                endings,
                requests,
                output.control,
                fastClient,
                output.sizes,
                numbers,
                kinds,
                sysctls,
                counters);
    }
}
