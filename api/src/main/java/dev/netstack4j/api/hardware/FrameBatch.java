package dev.netstack4j.api.hardware;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A batch of frames as gather lists, each with the offload metadata of a virtio header. Re-used by its owner: valid
/// during the call that it is passed to. Frames carry no FCS.
public final class FrameBatch {
    /// Flag of [#flags]: the checksum from csumStart to the end is to be completed at csumStart + csumOffset.
    public static final int NEEDS_CSUM = 1;
    /// Flag of [#flags]: the checksum was verified.
    public static final int DATA_VALID = 2;
    /// Flag of [#flags]: the frame check sequence is wrong. A device counts such a frame and drops it.
    public static final int BAD_FCS = 4;
    /// Value of [#gsoType]: not segmented.
    public static final int GSO_NONE = 0;
    /// Value of [#gsoType]: TCP over IPv4.
    public static final int GSO_TCPV4 = 1;
    /// Value of [#gsoType]: TCP over IPv6.
    public static final int GSO_TCPV6 = 4;
    /// Value of [#gsoType]: UDP datagrams.
    public static final int GSO_UDP_L4 = 5;

    private static final int META = 8;

    private final int frameCapacity;
    private final int pieceCapacity;
    private final @Nullable MemorySegment[] segment;
    private final long[] offset;
    private final int[] length;
    private final int[] firstPiece;
    private final int[] meta;
    private int frames;
    private int pieces;

    /// @param frames most frames
    /// @param pieces most pieces of all frames together
    public FrameBatch(int frames, int pieces) {
        frameCapacity = frames;
        pieceCapacity = pieces;
        segment = new @Nullable MemorySegment[pieces];
        offset = new long[pieces];
        length = new int[pieces];
        firstPiece = new int[frames + 1];
        meta = new int[frames * META];
    }

    /// Empties it.
    public void clear() {
        frames = 0;
        pieces = 0;
        firstPiece[0] = 0;
    }

    /// Number of frames.
    public int size() {
        return frames;
    }

    /// Whether a frame of `wanted` pieces fits in.
    public boolean hasRoom(int wanted) {
        return frames < frameCapacity && pieces + wanted <= pieceCapacity;
    }

    /// Adds a piece to the frame being built.
    public void addPiece(MemorySegment from, long at, int bytes) {
        segment[pieces] = from;
        offset[pieces] = at;
        length[pieces] = bytes;
        pieces++;
    }

    /// Drops the pieces of the frame being built.
    public void abandonFrame() {
        pieces = firstPiece[frames];
    }

    /// Ends the frame being built, without offloads.
    public void endFrame() {
        endFrame(0, 0, 0, GSO_NONE, 0, 0);
    }

    /// Ends the frame being built.
    ///
    /// @param flags        [#NEEDS_CSUM], [#DATA_VALID], [#BAD_FCS]
    /// @param csumStart    bytes from the frame's start
    /// @param csumOffset   bytes from csumStart
    /// @param gsoType      one of the GSO constants
    /// @param gsoSize      payload bytes of a segment
    /// @param headerLength bytes of all headers
    public void endFrame(int flags, int csumStart, int csumOffset, int gsoType, int gsoSize, int headerLength) {
        int m = frames * META;
        meta[m] = flags;
        meta[m + 1] = csumStart;
        meta[m + 2] = csumOffset;
        meta[m + 3] = gsoType;
        meta[m + 4] = gsoSize;
        meta[m + 5] = headerLength;
        frames++;
        firstPiece[frames] = pieces;
    }

    /// Bytes of frame `f`.
    public int frameLength(int f) {
        int sum = 0;
        for (int p = firstPiece[f]; p < firstPiece[f + 1]; p++) {
            sum += length[p];
        }
        return sum;
    }

    /// Index of the first piece of frame `f`; the last one is that of `f + 1`, less one.
    public int firstPiece(int f) {
        return firstPiece[f];
    }

    /// Where piece `p` lies.
    public MemorySegment pieceSegment(int p) {
        MemorySegment s = segment[p];
        if (s == null) {
            throw new IllegalStateException("piece " + p + " of the batch was never added");
        }
        return s;
    }

    /// At which offset piece `p` lies.
    public long pieceOffset(int p) {
        return offset[p];
    }

    /// Bytes of piece `p`.
    public int pieceLength(int p) {
        return length[p];
    }

    /// [#NEEDS_CSUM], [#DATA_VALID], [#BAD_FCS].
    public int flags(int f) {
        return meta[f * META];
    }

    /// Where the checksum starts.
    public int csumStart(int f) {
        return meta[f * META + 1];
    }

    /// Where it goes, from its start.
    public int csumOffset(int f) {
        return meta[f * META + 2];
    }

    /// How the frame is to be segmented.
    public int gsoType(int f) {
        return meta[f * META + 3];
    }

    /// Payload bytes of a segment.
    public int gsoSize(int f) {
        return meta[f * META + 4];
    }

    /// Bytes of all headers.
    public int headerLength(int f) {
        return meta[f * META + 5];
    }

    /// Copies frame `f` to `target`, at most `most` bytes.
    ///
    /// @return the bytes copied
    public int copyFrame(int f, MemorySegment target, long at, int most) {
        int done = 0;
        for (int p = firstPiece[f]; p < firstPiece[f + 1] && done < most; p++) {
            int n = Math.min(length[p], most - done);
            MemorySegment.copy(pieceSegment(p), offset[p], target, at + done, n);
            done += n;
        }
        return done;
    }
}
