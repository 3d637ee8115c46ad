package dev.netstack4j.testkit.simulation;

/// A frame under way.
///
/// @param bytes  from the Ethernet header on, without FCS; never changed
/// @param origin number of the host whose card sent it
/// @param badFcs whether its check sequence is wrong
record Frame(byte[] bytes, int origin, boolean badFcs) {
    Frame withBit(int bit, boolean fcsTells) {
        byte[] wrong = bytes.clone();
        wrong[bit / 8] ^= (byte) (1 << bit % 8);
        return new Frame(wrong, origin, badFcs || fcsTells);
    }
}
