package dev.netstack4j.testkit.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.netstack4j.api.congestion.CongestionOps;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.kit.ConformanceTest;
import dev.netstack4j.testkit.kit.bus.PciBusConformance;
import dev.netstack4j.testkit.kit.congestion.CongestionConformance;
import dev.netstack4j.testkit.kit.ethertype.EtherTypeConformance;
import dev.netstack4j.testkit.kit.ipprotocol.IpProtocolConformance;
import dev.netstack4j.testkit.kit.nic.NicDriverConformance;
import dev.netstack4j.testkit.kit.qdisc.QdiscConformance;
import dev.netstack4j.testkit.kit.socket.SocketConformance;
import dev.netstack4j.testkit.kit.wire.WireConformance;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a module contributes to a plug point that has a kit is judged by that kit.
public final class KitTests {
    /// How it is contributed, and the class that its test extends.
    private static final Map<String, Class<? extends ConformanceTest<?>>> KITS = Map.of(
            "qdisc", QdiscConformance.class,
            "pciDriver", NicDriverConformance.class,
            "pciBus", PciBusConformance.class,
            "wire", WireConformance.class,
            "packetType", EtherTypeConformance.class,
            "netProtocol", IpProtocolConformance.class,
            "socket", SocketConformance.class,
            "congestionControl", CongestionConformance.class);

    private KitTests() {}

    /// Implementations that a module contributes, by the class that the test of each extends.
    public static Map<Class<? extends ConformanceTest<?>>, Set<Class<?>>> wanted(StackModule module) {
        Map<Class<? extends ConformanceTest<?>>, Set<Class<?>>> all = new LinkedHashMap<>();
        module.contribute((Contributions) Proxy.newProxyInstance(
                KitTests.class.getClassLoader(), new Class<?>[] {Contributions.class}, (proxy, method, a) -> {
                    boolean plugged = method.getName().equals("plug") && a[0] == CongestionOps.POINT;
                    Class<? extends ConformanceTest<?>> kit =
                            KITS.get(plugged ? "congestionControl" : method.getName());
                    if (kit != null) {
                        all.computeIfAbsent(kit, k -> new LinkedHashSet<>()).add((Class<?>) a[a.length - 1]);
                    }
                    return null;
                }));
        return all;
    }

    static ModuleRule everyContributionHasOne() {
        return new ModuleRule("every contribution has a kit test", m -> {
            List<String> without = new ArrayList<>();
            for (JavaClass c : m.classes()) {
                if (c.isAssignableTo(StackModule.class) && !c.getModifiers().contains(JavaModifier.ABSTRACT)) {
                    without.addAll(
                            without((StackModule) c.reflect().getConstructor().newInstance(), m));
                }
            }
            if (!without.isEmpty()) {
                throw new AssertionError(String.join("\n", without));
            }
        });
    }

    private static List<String> without(StackModule module, ModuleClasses m) {
        List<String> without = new ArrayList<>();
        wanted(module).forEach((kit, implementations) -> {
            long tests = m.tests().stream()
                    .filter(t -> t.isAssignableTo(kit) && !t.getModifiers().contains(JavaModifier.ABSTRACT))
                    .count();
            if (tests < implementations.size()) {
                without.add(module.name() + " contributes " + names(implementations) + ", and " + tests
                        + " of its tests extend " + kit.getSimpleName());
            }
        });
        return without;
    }

    private static List<String> names(Set<Class<?>> implementations) {
        return implementations.stream().map(Class::getSimpleName).toList();
    }
}
