package dev.netstack4j.proto.tcp.input;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.proto.tcp.control.ReceiveVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import dev.netstack4j.proto.tcp.output.WindowSelector;

/// The urgent pointer and the one urgent byte.
@Rfc({"9293#3.8.5", "6093"})
@Linux("net/ipv4/tcp_input.c#tcp_urg")
public final class UrgentData {
    /// Value of [ReceiveVars#urgentByte]: there was one, and it was read.
    public static final int TAKEN = -2;

    private final TcpSysctls sysctls;

    /// One per stack.
    public UrgentData(TcpSysctls sysctls) {
        this.sysctls = sysctls;
    }

    /// The peer's numbers begin here.
    public static void begin(ReceiveVars rcv, int irs) {
        rcv.urgentSeq = irs;
    }

    /// The application has read the byte.
    public static void taken(ReceiveVars rcv) {
        rcv.urgentByte = TAKEN;
    }

    /// Looks at a segment in the window whose header is still in front.
    public void check(TcpSock sock, SkBuff skb, int headerLength, Cpu cpu) {
        if (SegmentControl.has(skb, TcpFlags.URG)) {
            pointer(sock, skb, cpu);
        }
        ReceiveVars rcv = sock.rcv;
        if (rcv.urgentPending && rcv.urgentByte == -1) {
            int at = rcv.urgentSeq - SegmentControl.seq(skb);
            if (at >= 0 && at < skb.length() - headerLength) {
                rcv.urgentByte = skb.memory().get8(skb.addressAt(headerLength + at));
                sock.context().wake(PollEvents.PRI | PollEvents.IN, cpu);
            }
        }
    }

    private void pointer(TcpSock sock, SkBuff skb, Cpu cpu) {
        ReceiveVars rcv = sock.rcv;
        int pointer = TcpHeader.urgentPointer(skb);
        if (pointer > 0 && sysctls.stdUrg.get() == 0) {
            pointer--;
        }
        int seq = SegmentControl.seq(skb) + pointer;
        boolean old = Seq.after(rcv.copiedSeq, seq) || rcv.urgentPending && !Seq.after(seq, rcv.urgentSeq);
        if (old) {
            return;
        }
        rcv.urgentSeq = seq;
        rcv.urgentPending = true;
        rcv.urgentByte = -1;
        WindowSelector.predict(rcv, 0);
        sock.context().wake(PollEvents.PRI, cpu);
    }
}
