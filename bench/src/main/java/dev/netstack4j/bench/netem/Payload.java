package dev.netstack4j.bench.netem;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.SplittableRandom;

/// The bytes of one transfer, no part like another, and their digest behind them.
final class Payload {
    private static final int CHUNK = 64 << 10;

    private final byte[] chunk = new byte[CHUNK];
    private final MessageDigest digest;

    /// @param seed what the bytes are made from
    Payload(long seed) {
        new SplittableRandom(seed).nextBytes(chunk);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Writes `length` bytes and their digest.
    void send(OutputStream out, long length) throws IOException {
        for (long at = 0; at < length; at += CHUNK) {
            int n = (int) Math.min(CHUNK, length - at);
            ByteBuffer.wrap(chunk).putLong(0, at);
            digest.update(chunk, 0, n);
            out.write(chunk, 0, n);
        }
        out.write(digest.digest());
    }

    /// Reads `length` bytes and a digest.
    ///
    /// @return whether these are the bytes that the seed makes, and the digest is theirs
    boolean receive(DataInputStream in, long length) throws IOException {
        byte[] got = new byte[CHUNK];
        boolean exact = true;
        for (long at = 0; at < length; at += CHUNK) {
            int n = (int) Math.min(CHUNK, length - at);
            in.readFully(got, 0, n);
            ByteBuffer.wrap(chunk).putLong(0, at);
            exact &= Arrays.equals(got, 0, n, chunk, 0, n);
            digest.update(got, 0, n);
        }
        byte[] theirs = in.readNBytes(digest.getDigestLength());
        return exact && MessageDigest.isEqual(theirs, digest.digest());
    }
}
