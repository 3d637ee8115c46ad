package dev.netstack4j.testkit.fake;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.hardware.PciBusOps;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.hardware.WireOps;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.qdisc.QdiscOps;
import dev.netstack4j.api.socket.ProtoOps;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.PlugPoint;
import dev.netstack4j.api.spi.StackModule;
import java.util.ArrayList;
import java.util.List;

/// Takes down what a module declares, without a stack.
public final class Declarations implements Contributions {
    private final List<Declared> all = new ArrayList<>();

    /// One contribution.
    ///
    /// @param point          the plug point's name; `service` for a service
    /// @param key            within the plug point; the type's name for a service
    /// @param schema         its options
    /// @param implementation what core would construct
    /// @param type           under which it is known
    public record Declared(String point, String key, OptionSchema schema, Class<?> implementation, Class<?> type) {}

    private Declarations() {}

    /// What `module` declares now.
    public static Declarations of(StackModule module) {
        Declarations d = new Declarations();
        module.contribute(d);
        return d;
    }

    /// All, in the order in which they were declared.
    public List<Declared> all() {
        return List.copyOf(all);
    }

    /// The one under a key.
    ///
    /// @throws IllegalArgumentException when there is none; the message names those that there are
    public Declared find(Class<?> type, String key) {
        for (Declared d : all) {
            if (d.type() == type && d.key().equals(key)) {
                return d;
            }
        }
        throw new IllegalArgumentException(
                "the module declares no " + type.getSimpleName() + " '" + key + "'; it declares: "
                        + all.stream().map(d -> d.point() + " " + d.key()).toList());
    }

    private void add(String point, String key, OptionSchema schema, Class<?> implementation, Class<?> type) {
        all.add(new Declared(point, key, schema, implementation, type));
    }

    @Override
    public <T> void plug(PlugPoint<T> point, String key, OptionSchema schema, Class<? extends T> implementation) {
        add(point.name(), key, schema, implementation, point.type());
    }

    @Override
    public <T> void service(Class<T> type, Class<? extends T> implementation) {
        add("service", type.getName(), OptionSchema.NONE, implementation, type);
    }

    @Override
    public void qdisc(String kind, OptionSchema schema, Class<? extends QdiscOps> implementation) {
        add("qdisc", kind, schema, implementation, QdiscOps.class);
    }

    @Override
    public void pciDriver(
            String name, List<PciId> ids, OptionSchema schema, Class<? extends PciDriver> implementation) {
        add("pci-driver", name, schema, implementation, PciDriver.class);
    }

    @Override
    public void pciBus(String kind, OptionSchema schema, Class<? extends PciBusOps> implementation) {
        add("pci-bus", kind, schema, implementation, PciBusOps.class);
    }

    @Override
    public void wire(String kind, OptionSchema schema, Class<? extends WireOps> implementation) {
        add("wire", kind, schema, implementation, WireOps.class);
    }

    @Override
    public void packetType(int etherType, Class<? extends PacketHandler> implementation) {
        add("packet-type", Integer.toString(etherType), OptionSchema.NONE, implementation, PacketHandler.class);
    }

    @Override
    public void inetFamily(AddressFamily family, Class<? extends InetFamilyOps> implementation) {
        add("inet-family", family.toString(), OptionSchema.NONE, implementation, InetFamilyOps.class);
    }

    @Override
    public void netProtocol(AddressFamily family, int protocol, Class<? extends NetProtocol> implementation) {
        add("net-protocol", family + "/" + protocol, OptionSchema.NONE, implementation, NetProtocol.class);
    }

    @Override
    public void socket(AddressFamily family, int type, int protocol, Class<? extends ProtoOps> implementation) {
        add("socket", family + "/" + type + "/" + protocol, OptionSchema.NONE, implementation, ProtoOps.class);
    }
}
