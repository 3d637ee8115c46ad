package dev.netstack4j.nic.igb;

import dev.netstack4j.api.error.NetException;

/// What both ends of the link agree on about pause frames: each advertises two bits, and the table of IEEE 802.3, annex
/// 28B, says what follows. Process context under the control lock.
///
/// | own: pause, asymmetric | the other's | frames are |
/// |---|---|---|
/// | 1, any | 1, any | obeyed and sent |
/// | 0, 1 | 1, 1 | sent |
/// | 1, 1 | 0, 1 | obeyed |
/// | anything else | | neither |
final class FlowControl {
    static final int PAUSE = 1 << 10;
    static final int ASYMMETRIC = 1 << 11;

    private static final int BOTH = PAUSE | ASYMMETRIC;
    private static final int ADVERTISED = 4;
    private static final int PARTNER = 5;

    private final Phy phy;

    FlowControl(Phy phy) {
        this.phy = phy;
    }

    /// The bits that say what is wanted. Who only obeys advertises both, as there is no sign for it alone.
    static int bits(boolean receive, boolean send) {
        return receive ? BOTH : send ? ASYMMETRIC : 0;
    }

    static boolean obeys(int own, int partner) {
        return isSymmetric(own, partner) || (own & BOTH) == BOTH && (partner & BOTH) == ASYMMETRIC;
    }

    static boolean sends(int own, int partner) {
        return isSymmetric(own, partner) || (own & BOTH) == ASYMMETRIC && (partner & BOTH) == BOTH;
    }

    private static boolean isSymmetric(int own, int partner) {
        return (own & partner & PAUSE) != 0;
    }

    /// Says to the other end what is wanted.
    ///
    /// @return whether that is new, so that the link has to be negotiated again
    /// @throws NetException EIO when the PHY does not answer
    boolean advertise(boolean receive, boolean send) throws NetException {
        int now = phy.read(ADVERTISED);
        int wanted = now & ~BOTH | bits(receive, send);
        if (now == wanted) {
            return false;
        }
        phy.write(ADVERTISED, wanted);
        return true;
    }

    /// The link is there: does what was agreed on, and no more than is wanted here.
    void apply(Chip chip, boolean receive, boolean send) {
        try {
            int own = phy.read(ADVERTISED);
            int partner = phy.read(PARTNER);
            chip.pause(receive && obeys(own, partner), send && sends(own, partner));
        } catch (NetException e) {
            chip.pause(false, false); // its PHY is gone, and so is the link
        }
    }
}
