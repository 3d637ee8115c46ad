package dev.netstack4j.proto.tcp.input;

import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.runtime.RandomStream;
import dev.netstack4j.proto.tcp.control.StackMemory;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.output.OutputRoom;
import dev.netstack4j.proto.tcp.recovery.LossRecovery;

/// The objects of this room, wired.
public final class InputRoom {
    public final AckProcessor acks;
    public final AckPolicy policy;
    public final DataQueue data;
    public final FastPath fast;
    public final SegmentCheck check;
    public final ChallengeAcks challenges;
    public final UrgentData urgent;
    public final ReceiveTuning tuning;
    public final Reader reader;

    /// One per stack.
    public InputRoom(
            SkBuffPool pool,
            StackMemory memory,
            OutputRoom output,
            LossRecovery recovery,
            TimerPort timers,
            TcpSysctls sysctls,
            TcpCounters counters,
            TcpReasons reasons,
            RandomStream challengeRandom,
            int cpus) {
        acks = new AckProcessor(
                recovery,
                output.retransmitter,
                output.loop,
                output.buffer,
                output.sizes,
                timers,
                sysctls,
                counters,
                reasons,
                cpus);
        policy = new AckPolicy(output.control, timers);
        tuning = new ReceiveTuning(sysctls);
        OutOfOrderQueue outOfOrder = new OutOfOrderQueue(reasons, counters, sysctls);
        EcnReceiver ecn = new EcnReceiver(output.control);
        Pruning pruning = new Pruning(memory, new Collapser(pool, reasons, counters), outOfOrder, counters);
        data = new DataQueue(outOfOrder, pruning, policy, ecn, reasons, counters, sysctls);
        fast = new FastPath(acks, policy, data, ecn, tuning, counters, reasons);
        challenges = new ChallengeAcks(output.control, sysctls, counters, challengeRandom, cpus);
        check = new SegmentCheck(challenges, output.control, sysctls, counters, reasons);
        urgent = new UrgentData(sysctls);
        reader = new Reader(policy, tuning, reasons);
    }
}
