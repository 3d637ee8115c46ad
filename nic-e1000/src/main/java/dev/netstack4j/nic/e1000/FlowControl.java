package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.doc.Linux;

/// Which pause frames both ends have agreed on (IEEE 802.3, annex 28B): what a user wants is told to the other end, and
/// only what it can too is used. A PHY that does not answer leaves what the user wants. Process context under the
/// control lock.
@Linux("drivers/net/ethernet/intel/e1000/e1000_hw.c#e1000_config_fc_after_link_up")
final class FlowControl {
    static final int PAUSE = 1 << 10;
    static final int ASYMMETRIC = 1 << 11;

    private static final int BOTH = PAUSE | ASYMMETRIC;

    private final Phy phy;
    private boolean receives;
    private boolean sends;

    FlowControl(Phy phy) {
        this.phy = phy;
    }

    /// Looks what both ends can, when the user wants this.
    void agree(boolean receive, boolean send) {
        int own = tell(receive, send);
        int other = own == Phy.SILENT ? Phy.SILENT : phy.partner();
        if (other == Phy.SILENT) {
            receives = receive;
            sends = send;
            return;
        }
        boolean symmetric = (own & other & PAUSE) != 0;
        receives = receive && (symmetric || (own & BOTH) == BOTH && (other & BOTH) == ASYMMETRIC);
        sends = send && (symmetric || (own & BOTH) == ASYMMETRIC && (other & BOTH) == BOTH);
    }

    /// Who wants to obey may be asked to obey and send, and who wants to send alone says so.
    private int tell(boolean receive, boolean send) {
        int before = phy.advertised();
        int wanted = before & ~BOTH | (receive ? BOTH : send ? ASYMMETRIC : 0);
        if (before != Phy.SILENT && wanted != before) {
            phy.advertise(wanted);
        }
        return before == Phy.SILENT ? Phy.SILENT : wanted;
    }

    /// Whether pause frames are obeyed.
    boolean receives() {
        return receives;
    }

    /// Whether pause frames are sent.
    boolean sends() {
        return sends;
    }
}
