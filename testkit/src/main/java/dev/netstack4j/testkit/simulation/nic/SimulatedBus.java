package dev.netstack4j.testkit.simulation.nic;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.PciBus;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.spi.Options;
import java.util.ArrayList;
import java.util.List;

/// A bus with as many slots as are wanted. Under the control lock.
final class SimulatedBus implements PciBus {
    private final BusContext context;
    private final List<SimulatedCard> cards = new ArrayList<>();
    private int slots;

    SimulatedBus(BusContext context) {
        this.context = context;
    }

    @Override
    public List<String> models() {
        return List.of(SimulatedModule.NIC);
    }

    @Override
    public PciDevice plug(String model, Options options, Wire wire) throws NetException {
        if (!model.equals(SimulatedModule.NIC)) {
            throw new NetException(Errno.ENODEV, "plug in '" + model + "': there is only 'nic'");
        }
        String address = String.format("0000:%02x:%02x.0", slots >> 5, slots & 31);
        slots++;
        SimulatedCard card = new SimulatedCard(address, options.get(SimulatedBusOps.MAC), wire, context);
        cards.add(card);
        return card;
    }

    @Override
    public void unplug(PciDevice device) {
        if (device instanceof SimulatedCard card && cards.remove(card)) {
            card.pullOut();
        }
    }

    @Override
    public List<PciDevice> devices() {
        return List.copyOf(cards);
    }

    @Override
    public void close() {
        while (!cards.isEmpty()) {
            unplug(cards.get(0));
        }
    }
}
