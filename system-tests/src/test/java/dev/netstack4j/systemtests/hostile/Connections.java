package dev.netstack4j.systemtests.hostile;

import static dev.netstack4j.systemtests.support.FrameBuilder.ACK;
import static dev.netstack4j.systemtests.support.FrameBuilder.SYN;

import dev.netstack4j.systemtests.support.FrameBuilder;
import dev.netstack4j.systemtests.support.RawWire;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/// The attacker: answers ARP, completes most handshakes, remembers the sequence numbers that it saw, and sends
/// hostile frames as many as it is allowed.
final class Connections implements RawWire.Peer {
    private static final int MOST = 64;

    private final int[][] known = new int[MOST][]; // port of the attacker, its next seq, the victim's next seq
    private final Deque<byte[]> answers = new ArrayDeque<>();
    private final HostileFrames frames;
    private final FrameBuilder f = new FrameBuilder();
    private final long victimMac;
    private int at;
    private int handshakes;
    private long allowed;

    long injected;
    long seen;
    long established;

    Connections(long seed, long victimMac) {
        this.victimMac = victimMac;
        for (int i = 0; i < MOST; i++) {
            known[i] = new int[] {1024 + i, i, i};
        }
        frames = new HostileFrames(seed, victimMac, this);
    }

    void allow(long more) {
        allowed += more;
    }

    int[] any(SplittableRandom random) {
        return known[random.nextInt(MOST)];
    }

    long drawn(int kind) {
        return frames.drawn[kind];
    }

    @Override
    public int next(byte[] into) {
        byte[] answer = answers.poll();
        if (answer != null) {
            injected++;
            System.arraycopy(answer, 0, into, 0, answer.length);
            return answer.length;
        }
        if (allowed == 0) {
            return -1;
        }
        allowed--;
        injected++;
        return frames.next(into);
    }

    @Override
    public void sent(byte[] b, int length) {
        seen++;
        int type = length >= 14 ? get16(b, 12) : 0;
        if (type == 0x0806 && get16(b, 20) == 1) {
            answerArp(get32(b, 38));
        } else if (type == 0x0800 && b[23] == 6 && get32(b, 30) == HostileFrames.PEER) {
            answerTcp(b, 14 + (b[14] & 15) * 4);
        }
    }

    private void answerArp(int wanted) {
        if ((wanted & 0xFF) < 128) {
            f.begin(new byte[60]);
            f.ethernet(victimMac, HostileFrames.PEER_MAC, 0x0806);
            f.arp(2, HostileFrames.PEER_MAC, wanted, victimMac, HostileFrames.VICTIM);
            answers.add(f.bytes);
        }
    }

    private void answerTcp(byte[] b, int t) {
        if ((b[t + 13] & (SYN | ACK)) != (SYN | ACK)) {
            return;
        }
        int[] c = {get16(b, t + 2), get32(b, t + 8), get32(b, t + 4) + 1};
        known[at++ % MOST] = c;
        if ((handshakes++ & 7) > 0) {
            established++;
            byte[] frame = new byte[60];
            f.begin(frame);
            f.ethernet(victimMac, HostileFrames.PEER_MAC, 0x0800);
            f.ipv4(6, HostileFrames.PEER, HostileFrames.VICTIM, 1, 0, new byte[0]);
            f.tcp(c[0], HostileFrames.TCP_PORT, c[1], c[2], ACK, 1000, new byte[0]);
            f.endIp();
            answers.add(frame);
        }
    }

    private static int get16(byte[] b, int at) {
        return (b[at] & 0xFF) << 8 | b[at + 1] & 0xFF;
    }

    private static int get32(byte[] b, int at) {
        return get16(b, at) << 16 | get16(b, at + 2);
    }
}
