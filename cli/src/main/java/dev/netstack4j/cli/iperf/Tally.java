package dev.netstack4j.cli.iperf;

import dev.netstack4j.api.doc.Rfc;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/// What one side counted of one stream. Written by the stream's thread; read when that has ended.
final class Tally {
    private static final double SECONDS = 1e-9;
    private static final double JITTER_GAIN = 16;

    final int id;
    volatile long bytes;
    volatile long packets;
    volatile long lost;
    volatile double jitter; // seconds
    private long transit;
    private boolean isFirst = true;

    /// @param index of the stream, from 0
    Tally(int index) {
        id = index == 0 ? 1 : index + 2; // as iperf3 numbers them
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void moved(long more) {
        bytes += more;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void sentDatagram(int length) {
        packets++;
        bytes += length;
    }

    /// A datagram has come: what its number and times tell.
    @Rfc("1889#6.3.1")
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void receivedDatagram(ByteBuffer header, int length, boolean wide, long wallNanos) {
        bytes += length;
        long number = DatagramHeader.number(header, wide);
        if (number > packets) {
            lost += number - 1 - packets;
            packets = number;
        } else if (lost > 0) {
            lost--; // it was late, not lost
        }
        long took = wallNanos - DatagramHeader.sentNanos(header);
        if (!isFirst) {
            jitter += (Math.abs(took - transit) * SECONDS - jitter) / JITTER_GAIN;
        }
        isFirst = false;
        transit = took;
    }

    /// As the peer is told.
    Map<String, Object> toMessage(double seconds) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("id", id);
        m.put("bytes", bytes);
        m.put("retransmits", -1);
        m.put("jitter", jitter);
        m.put("errors", lost);
        m.put("omitted_errors", 0);
        m.put("packets", packets);
        m.put("omitted_packets", 0);
        m.put("start_time", 0);
        m.put("end_time", seconds);
        return m;
    }
}
