package dev.netstack4j.proto.tcp.net;

import dev.netstack4j.proto.tcp.header.TcpFlags;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A segment taken apart for tests.
public record Segment(
        long at,
        int sourcePort,
        int destinationPort,
        int seq,
        int ack,
        int flags,
        int window,
        int urgent,
        byte[] options,
        byte[] payload) {

    /// From bytes whose TCP header begins at `from`.
    static Segment parse(byte[] bytes, int from, long now) {
        ByteBuffer b = ByteBuffer.wrap(bytes);
        int headerLength = (b.get(from + 12) & 0xF0) >>> 2;
        return new Segment(
                now,
                b.getShort(from) & 0xFFFF,
                b.getShort(from + 2) & 0xFFFF,
                b.getInt(from + 4),
                b.getInt(from + 8),
                b.get(from + 13) & 0xFF,
                b.getShort(from + 14) & 0xFFFF,
                b.getShort(from + 18) & 0xFFFF,
                Arrays.copyOfRange(bytes, from + 20, from + headerLength),
                Arrays.copyOfRange(bytes, from + headerLength, bytes.length));
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    public int length() {
        return payload.length;
    }

    public int endSeq() {
        return seq + payload.length + (has(TcpFlags.SYN) ? 1 : 0) + (has(TcpFlags.FIN) ? 1 : 0);
    }

    /// The option of this kind without kind and length, or null.
    public byte @org.jspecify.annotations.Nullable [] option(int kind) {
        int i = 0;
        while (i < options.length && options[i] != 0) {
            if (options[i] == 1) {
                i++;
                continue;
            }
            int length = options[i + 1];
            if (options[i] == kind) {
                return Arrays.copyOfRange(options, i + 2, i + length);
            }
            i += length;
        }
        return null;
    }

    @Override
    public String toString() {
        StringBuilder s = new StringBuilder();
        String letters = "FSRPAU";
        for (int i = 0; i < letters.length(); i++) {
            s.append((flags >>> i & 1) != 0 ? letters.charAt(i) : "");
        }
        return at / 1000 + "us " + s + " seq " + seq + " ack " + ack + " win " + window + " len " + payload.length
                + (options.length > 0 ? " opt " + java.util.HexFormat.of().formatHex(options) : "");
    }
}
