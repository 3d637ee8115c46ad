package dev.netstack4j.bus.emulated.i82540em;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.bus.emulated.silicon.AddressFilter;
import dev.netstack4j.bus.emulated.silicon.HeaderView;
import dev.netstack4j.bus.emulated.silicon.PauseUnit;
import dev.netstack4j.bus.emulated.silicon.RxStats;

/// Which frames the receive unit takes: whole ones, of a length that it is set to, for this host. PAUSE frames end
/// here. Under the receive unit's lock.
final class RxAdmission {
    private static final int MAC_CONTROL = 0x8808;
    private static final int LEAST = 14;
    private static final int LEAST_TAGGED = 18;

    private final RxConfig config;
    private final HeaderView header;
    private final AddressFilter filter;
    private final RxStats stats;
    private final PauseUnit pause;
    private final Clock clock;
    private final Runnable ringEngine;

    RxAdmission(
            RxConfig config,
            HeaderView header,
            AddressFilter filter,
            RxStats stats,
            PauseUnit pause,
            Clock clock,
            Runnable ringEngine) {
        this.config = config;
        this.header = header;
        this.filter = filter;
        this.stats = stats;
        this.pause = pause;
        this.clock = clock;
        this.ringEngine = ringEngine;
    }

    /// Looks at frame `f`, which the header view shows afterwards.
    ///
    /// @return as [AddressFilter#address]
    int admit(FrameBatch b, int f, int length) {
        if ((b.flags(f) & FrameBatch.BAD_FCS) != 0) {
            return refuse(Reg.CRCERRS);
        }
        if (length < LEAST) {
            return refuse(Reg.RUC);
        }
        if (length > config.longest) {
            return refuse(Reg.ROC);
        }
        header.look(b, f, length);
        int type = header.get16(12);
        if (type == MAC_CONTROL && !takeControl(length)) {
            return AddressFilter.REFUSE;
        }
        if (type == config.vlanType && length >= LEAST_TAGGED && !filter.vlan(header.get16(14))) {
            return AddressFilter.REFUSE;
        }
        return filter.address(header);
    }

    /// Whether a frame is one of MAC control.
    boolean isControl(FrameBatch b, int f, int length) {
        header.look(b, f, length);
        return length >= LEAST && header.get16(12) == MAC_CONTROL;
    }

    private int refuse(int counter) {
        stats.count(counter);
        return AddressFilter.REFUSE;
    }

    /// @return whether a frame of MAC control is handed on
    private boolean takeControl(int length) {
        if (!pause.isPause(header, length)) {
            stats.count(Reg.FCRUC);
            return config.passControl;
        }
        int quanta = pause.quanta(header);
        stats.count(quanta == 0 ? Reg.XONRXC : Reg.XOFFRXC);
        if (config.obeyPause) {
            pause.obey(quanta, clock.nanos());
            ringEngine.run();
        }
        return config.passControl;
    }
}
