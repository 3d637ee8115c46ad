package dev.netstack4j.bus.emulated.silicon;

/// What a batch consists of, in the order of the ring: entries of so many descriptors that made so many frames. A
/// context makes none, and neither does a packet that had to be dropped. Finds out how far the ring has advanced when
/// the wire took only some of the frames.
public final class TxBatchLog {
    /// After so many descriptors a turn ends at the next packet.
    public static final int DESCRIPTORS = 256;

    private final int[] descriptorsTo = new int[DESCRIPTORS + 1];
    private final int[] framesTo = new int[DESCRIPTORS + 1];
    private final int[] versions = new int[DESCRIPTORS + 1];
    private int entries;

    public void clear() {
        entries = 0;
        descriptorsTo[0] = 0;
        framesTo[0] = 0;
        versions[0] = 0;
    }

    public boolean isEmpty() {
        return entries == 0;
    }

    public boolean hasRoom() {
        return entries < DESCRIPTORS && descriptorsTo[entries] < DESCRIPTORS;
    }

    /// Adds an entry.
    ///
    /// @param version of the contexts behind this entry
    public void add(int descriptors, int frames, int version) {
        entries++;
        descriptorsTo[entries] = descriptorsTo[entries - 1] + descriptors;
        framesTo[entries] = framesTo[entries - 1] + frames;
        versions[entries] = version;
    }

    /// Entries whose frames were all taken.
    public int packetsDone(int framesTaken) {
        int done = 0;
        while (done < entries && framesTo[done + 1] <= framesTaken) {
            done++;
        }
        return done;
    }

    public int framesBeyond(int packets, int framesTaken) {
        return framesTaken - framesTo[packets];
    }

    public int descriptors(int packets) {
        return descriptorsTo[packets];
    }

    public int version(int packets) {
        return versions[packets];
    }
}
