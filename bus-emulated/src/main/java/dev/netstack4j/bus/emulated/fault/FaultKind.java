package dev.netstack4j.bus.emulated.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What can break.
public enum FaultKind {
    /// Interrupts are sent and never arrive.
    LOSE_IRQ("lose-irq", Amount.COUNT, 1),
    /// Interrupts arrive that the device never sent, on one vector after the other.
    SPURIOUS_IRQ("spurious-irq", Amount.COUNT, 1),
    /// Interrupts arrive twice.
    REPEAT_IRQ("repeat-irq", Amount.COUNT, 1),
    /// A descriptor is written back so much later than its interrupt, and all behind it with it.
    LATE_WRITEBACK("late-writeback", Amount.TIME, 10_000_000),
    /// Accesses of the device to memory are aborted.
    DMA_ERROR("dma-error", Amount.COUNT, 1),
    /// The transmitter fetches nothing, until the device is reset, or so long.
    HANG_TX("hang-tx", Amount.TIME, Long.MAX_VALUE),
    /// The link of this device is lost for so long.
    LINK_FLAP("link-flap", Amount.TIME, 1_000_000_000),
    /// MSI-X is refused from the next allocation on.
    REFUSE_MSIX("refuse-msix", Amount.NONE, 0),
    /// MSI is refused from the next allocation on.
    REFUSE_MSI("refuse-msi", Amount.NONE, 0),
    /// The device is pulled out: its registers read as ones.
    REMOVE("remove", Amount.NONE, 0);

    /// What stands behind the colon.
    enum Amount {
        /// Nothing.
        NONE,
        /// How often.
        COUNT,
        /// How long.
        TIME
    }

    final String word;
    final Amount amount;
    final long usual;

    FaultKind(String word, Amount amount, long usual) {
        this.word = word;
        this.amount = amount;
        this.usual = usual;
    }

    /// All words, with what may stand behind them.
    static List<String> words() {
        return Arrays.stream(values())
                .map(k -> switch (k.amount) {
                    case NONE -> k.word;
                    default -> k.word + "[:" + k.amount.name().toLowerCase(Locale.ROOT) + "]";
                })
                .toList();
    }
}
