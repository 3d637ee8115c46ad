package dev.netstack4j.testkit.simulation;

/// A frame under way.
///
/// @param bytes  from the Ethernet header on, without FCS; never changed
/// @param origin number of the host whose card sent it
/// @param badFcs whether its check sequence is wrong
/// @param spoilt whether a link has turned one of its bits
record Frame(byte[] bytes, int origin, boolean badFcs, boolean spoilt) {
    /// With one bit turned. A second one is turned only when the check sequence tells: two wrong bits may agree with an
    /// Internet checksum.
    Frame withBit(int bit, boolean fcsTells) {
        if (spoilt && !fcsTells) {
            return this;
        }
        byte[] wrong = bytes.clone();
        wrong[bit / 8] ^= (byte) (1 << bit % 8);
        return new Frame(wrong, origin, badFcs || fcsTells, true);
    }
}
