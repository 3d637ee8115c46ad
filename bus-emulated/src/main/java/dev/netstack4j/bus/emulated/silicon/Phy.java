package dev.netstack4j.bus.emulated.silicon;

/// The internal PHY at address 1, reached through MDIC. Autonegotiation takes no time and always ends in
/// 1000BASE-T full duplex with pause on both sides; restarting it does not drop the link. Its interrupt registers are
/// storage only.
public final class Phy {
    private static final int ADDRESS = 1;
    private static final int CONTROL = 0;
    private static final int STATUS = 1;
    private static final int ID1 = 2;
    private static final int ID2 = 3;
    private static final int PARTNER = 5;
    private static final int PARTNER_1000 = 10;
    private static final int SPECIFIC_STATUS = 17;
    private static final int CONTROL_RESET = 1 << 15;
    private static final int CONTROL_LOOPBACK = 1 << 14;
    private static final int CONTROL_RESTART = 1 << 9;
    private static final int STATUS_LINK = 1 << 2;
    private static final int STATUS_NEGOTIATED = 1 << 5;
    private static final int SPECIFIC_LINK = 1 << 10;
    private static final int SPECIFIC_1000_FULL = 0xA800; // speed, duplex, resolved

    private final int identity;
    private final int[] registers = new int[32];
    private boolean link;
    private boolean linkWasLost;
    private boolean restarted;

    /// @param identity registers 2 and 3, the former in the upper half
    public Phy(int identity) {
        this.identity = identity;
        reset();
    }

    public void reset() {
        java.util.Arrays.fill(registers, 0);
        registers[CONTROL] = 0x1140;
        registers[ID1] = identity >>> 16;
        registers[ID2] = identity & 0xFFFF;
        registers[4] = 0x0DE1; // advertised: 10, 100, pause
        registers[PARTNER] = 0x4DE1;
        registers[6] = 0x000F;
        registers[9] = 0x0200; // advertised: 1000 full duplex
        registers[15] = 0x3000;
        registers[16] = 0x0360;
        registers[20] = 0x0D60;
        linkWasLost = !link;
    }

    public void link(boolean up) {
        link = up;
        linkWasLost |= !up;
    }

    public boolean link() {
        return link;
    }

    public boolean loopback() {
        return (registers[CONTROL] & CONTROL_LOOPBACK) != 0;
    }

    /// What MDIC reads after `command` was written to it.
    public int access(int command) {
        int op = command & FamilyReg.MDIC_OP;
        int register = command >>> 16 & 31;
        int kept = command & ~FamilyReg.MDIC_ERROR | FamilyReg.MDIC_READY;
        if ((command >>> 21 & 31) != ADDRESS || op != FamilyReg.MDIC_READ && op != FamilyReg.MDIC_WRITE) {
            return kept | FamilyReg.MDIC_ERROR;
        }
        if (op == FamilyReg.MDIC_WRITE) {
            write(register, command & 0xFFFF);
            return kept;
        }
        return kept & 0xFFFF_0000 | read(register);
    }

    /// Whether negotiation was restarted since the last call.
    public boolean takeRestarted() {
        boolean was = restarted;
        restarted = false;
        return was;
    }

    private void write(int register, int value) {
        switch (register) {
            case CONTROL -> control(value);
            case STATUS, ID1, ID2, PARTNER, PARTNER_1000, SPECIFIC_STATUS -> {}
            default -> registers[register] = value;
        }
    }

    private void control(int value) {
        if ((value & CONTROL_RESET) != 0) {
            reset();
        } else {
            restarted |= (value & CONTROL_RESTART) != 0;
            registers[CONTROL] = value & ~CONTROL_RESTART;
        }
    }

    private int read(int register) {
        return switch (register) {
            case STATUS -> status();
            case PARTNER_1000 -> link ? 0x7800 : 0;
            case PARTNER -> link ? registers[PARTNER] : 0;
            case SPECIFIC_STATUS -> link ? SPECIFIC_1000_FULL | SPECIFIC_LINK : 0;
            default -> registers[register];
        };
    }

    /// The link bit latches low: the first read after a loss tells of it.
    private int status() {
        boolean shown = link && !linkWasLost;
        linkWasLost = !link;
        return 0x7949 | (link ? STATUS_NEGOTIATED : 0) | (shown ? STATUS_LINK : 0);
    }
}
