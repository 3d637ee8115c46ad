package dev.netstack4j.core.registry;

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
import java.util.ArrayList;
import java.util.List;

/// Takes down what one module declares. A declaration that makes no sense throws, which the module's author sees as a
/// problem of the assembly.
final class ContributionCollector implements Contributions {
    private final JoinedModule owner;
    private final List<Declaration> declarations = new ArrayList<>();
    private final List<ServiceDeclaration> services = new ArrayList<>();

    ContributionCollector(JoinedModule owner) {
        this.owner = owner;
    }

    List<Declaration> declarations() {
        return declarations;
    }

    List<ServiceDeclaration> services() {
        return services;
    }

    @Override
    public <T> void plug(PlugPoint<T> point, String key, OptionSchema schema, Class<? extends T> implementation) {
        add(point, key, schema, List.of(), implementation);
    }

    private void add(PlugPoint<?> point, String key, OptionSchema schema, List<PciId> ids, Class<?> implementation) {
        if (key.isBlank()) {
            throw new IllegalArgumentException("a contribution to '" + point.name() + "' has no key");
        }
        checkClass(point.type(), implementation);
        declarations.add(new Declaration(owner, point, key, schema, ids, implementation));
    }

    // Generics promise this; a module compiled carelessly or against something else may still break it.
    private static void checkClass(Class<?> type, Class<?> implementation) {
        if (!type.isAssignableFrom(implementation)) {
            throw new IllegalArgumentException(implementation.getName() + " is no " + type.getSimpleName());
        }
    }

    @Override
    public <T> void service(Class<T> type, Class<? extends T> implementation) {
        checkClass(type, implementation);
        services.add(new ServiceDeclaration(owner, type, implementation));
    }

    @Override
    public void qdisc(String kind, OptionSchema schema, Class<? extends QdiscOps> implementation) {
        plug(CorePoints.QDISC, kind, schema, implementation);
    }

    @Override
    public void pciDriver(
            String name, List<PciId> ids, OptionSchema schema, Class<? extends PciDriver> implementation) {
        add(CorePoints.PCI_DRIVER, name, schema, List.copyOf(ids), implementation);
    }

    @Override
    public void pciBus(String kind, OptionSchema schema, Class<? extends PciBusOps> implementation) {
        plug(CorePoints.PCI_BUS, kind, schema, implementation);
    }

    @Override
    public void wire(String kind, OptionSchema schema, Class<? extends WireOps> implementation) {
        plug(CorePoints.WIRE, kind, schema, implementation);
    }

    @Override
    public void packetType(int etherType, Class<? extends PacketHandler> implementation) {
        range("EtherType", etherType, 0, 0xFFFF);
        plug(CorePoints.PACKET_TYPE, CorePoints.etherType(etherType), OptionSchema.NONE, implementation);
    }

    @Override
    public void inetFamily(AddressFamily family, Class<? extends InetFamilyOps> implementation) {
        plug(CorePoints.INET_FAMILY, family.toString(), OptionSchema.NONE, implementation);
    }

    @Override
    public void netProtocol(AddressFamily family, int protocol, Class<? extends NetProtocol> implementation) {
        range("IP protocol", protocol, 0, 255);
        plug(CorePoints.NET_PROTOCOL, CorePoints.protocol(family, protocol), OptionSchema.NONE, implementation);
    }

    @Override
    public void socket(AddressFamily family, int type, int protocol, Class<? extends ProtoOps> implementation) {
        range("socket type", type, 1, 10);
        plug(CorePoints.SOCKET, CorePoints.socket(family, type, protocol), OptionSchema.NONE, implementation);
    }

    private static void range(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " " + value + " is not in " + least + ".." + most);
        }
    }
}
