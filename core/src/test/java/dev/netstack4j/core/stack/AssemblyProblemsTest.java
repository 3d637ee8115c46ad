package dev.netstack4j.core.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.spi.PlugPoint;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.core.registry.ModuleFacts;
import dev.netstack4j.core.runtime.RuntimeCore;
import jakarta.inject.Inject;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Every way in which an assembly can be wrong, each with the sentence that a newcomer reads.
class AssemblyProblemsTest {
    interface Greeter {}

    static final PlugPoint<Greeter> GREETERS = PlugPoint.exclusive("greeter", Greeter.class);
    static final PlugPoint<Greeter> MANY = PlugPoint.repeatable("many", Greeter.class);

    static final class Plain implements Greeter {
        @Inject
        Plain() {}
    }

    static final class WithoutInject implements Greeter {
        WithoutInject() {}
    }

    static final class TwiceInject implements Greeter {
        @Inject
        TwiceInject() {}

        @Inject
        TwiceInject(Clock clock) {}
    }

    abstract static class Abstract implements Greeter {}

    interface Missing {}

    static final class NeedsMissing implements Greeter {
        @Inject
        NeedsMissing(Missing missing) {}
    }

    static final class First implements Greeter {
        @Inject
        First(Second second) {}
    }

    static final class Second implements Greeter {
        @Inject
        Second(First first) {}
    }

    static final class Breaks implements Greeter {
        @Inject
        Breaks() {
            throw new IllegalStateException("out of luck");
        }
    }

    static final class Handler implements PacketHandler {
        @Inject
        Handler() {}

        @Override
        public void receive(SkBuff skb, NetDevice device, NetDevice original, Cpu cpu) {}
    }

    static final class Driver implements PciDriver {
        @Inject
        Driver() {}

        @Override
        public void probe(PciDevice device, PciId id, Options options) {}

        @Override
        public void remove(PciDevice device) {}
    }

    static final class NotForNamespaces implements NetProtocol {
        @Inject
        NotForNamespaces() {}

        @Override
        public void receive(SkBuff skb, Cpu cpu) {}

        @Override
        public boolean netnsOk() {
            return false;
        }
    }

    private static final String API = ModuleFacts.own("api", StackModule.class).version();

    private static StackModule one(Consumer<Contributions> body) {
        return TestModule.of("one", body);
    }

    private static StackModule two(Consumer<Contributions> body) {
        return TestModule.of("two", body);
    }

    private static List<String> problems(StackModule... modules) {
        return problems(b -> {
            for (StackModule m : modules) {
                b.with(m);
            }
            return b;
        });
    }

    private static List<String> problems(UnaryOperator<StackBuilder> set) {
        StackBuilder builder = new StackAssembler().memory(4 << 20).runtime(RuntimeCore.virtualTime(1));
        return assertThrows(AssemblyException.class, () -> set.apply(builder).build())
                .problems();
    }

    @Test
    @Mechanism("E7")
    void a_second_owner_of_an_ether_type_names_both_owners_with_versions() {
        assertEquals(
                List.of("Both one 1.0 and two 2.0 contribute packet-type '0x0800'; leave one of the two out."),
                problems(one(c -> c.packetType(0x0800, Handler.class)), two(c -> c.packetType(0x0800, Handler.class))));
    }

    @Test
    @Mechanism("E7")
    void one_module_that_contributes_a_key_twice_is_told_so() {
        assertEquals(List.of("Module one 1.0 twice contributes greeter 'a'."), problems(one(c -> {
            c.plug(GREETERS, "a", OptionSchema.NONE, Plain.class);
            c.plug(GREETERS, "a", OptionSchema.NONE, Plain.class);
        })));
    }

    @Test
    @Mechanism("E11")
    void equally_specific_pci_ids_of_two_drivers_are_refused() {
        List<PciId> ids = List.of(PciId.of(0x8086, 0x100e));
        assertEquals(
                List.of("Drivers 'a' of one 1.0 and 'b' of two 2.0 both serve PCI device 8086:100e, equally"
                        + " specifically; leave one of the two out."),
                problems(
                        one(c -> c.pciDriver("a", ids, OptionSchema.NONE, Driver.class)),
                        two(c -> c.pciDriver("b", ids, OptionSchema.NONE, Driver.class))));
    }

    @Test
    void two_providers_of_one_service_are_refused() {
        assertEquals(
                List.of("Both one 1.0 and two 2.0 contribute service Greeter; leave one of the two out."),
                problems(
                        one(c -> c.service(Greeter.class, Plain.class)),
                        two(c -> c.service(Greeter.class, Plain.class))));
    }

    @Test
    void a_service_that_nobody_provides_is_named_with_who_needs_it() {
        assertEquals(
                List.of("one 1.0: " + NeedsMissing.class.getName()
                        + " needs Missing, but no module of this stack provides it."),
                problems(one(c -> c.plug(MANY, "a", OptionSchema.NONE, NeedsMissing.class))));
    }

    @Test
    void constructors_without_or_with_two_inject_and_abstract_classes_are_refused() {
        assertEquals(
                List.of(
                        "one 1.0: " + WithoutInject.class.getName()
                                + " has no constructor marked @Inject; mark exactly one, and the stack uses that.",
                        "one 1.0: " + TwiceInject.class.getName()
                                + " has 2 constructors marked @Inject; mark exactly one, and the stack uses that.",
                        "one 1.0: " + Abstract.class.getName() + " is abstract, so no object can be made of it."),
                problems(one(c -> {
                    c.plug(MANY, "a", OptionSchema.NONE, WithoutInject.class);
                    c.plug(MANY, "b", OptionSchema.NONE, TwiceInject.class);
                    c.plug(MANY, "c", OptionSchema.NONE, Abstract.class);
                })));
    }

    @Test
    @Mechanism("E10")
    void a_cycle_is_named() {
        assertEquals(
                List.of("The start-up order goes in a circle: First of one 1.0 needs Second of two 2.0 needs First of"
                        + " one 1.0. One of them must not ask for the other in its constructor."),
                problems(
                        one(c -> c.plug(MANY, "a", OptionSchema.NONE, First.class)),
                        two(c -> c.plug(MANY, "b", OptionSchema.NONE, Second.class))));
    }

    @Test
    @Mechanism("E8")
    void a_protocol_that_is_not_netns_ok_is_refused() {
        assertEquals(
                List.of("one 1.0: protocol AF_INET/253 cannot live in several stacks of one process (netnsOk is"
                        + " false), so no stack takes it."),
                problems(one(c -> c.netProtocol(AddressFamily.INET, 253, NotForNamespaces.class))));
    }

    @Test
    void a_module_whose_contribute_throws_is_told_and_the_others_are_checked_all_the_same() {
        List<String> told = problems(
                one(c -> {
                    throw new IllegalArgumentException("cannot count");
                }),
                two(c -> c.plug(MANY, "a", OptionSchema.NONE, WithoutInject.class)));
        assertEquals(
                "Module one 1.0 failed while it declared its contributions: IllegalArgumentException (cannot count).",
                told.get(0));
        assertTrue(told.get(1).startsWith("two 2.0: "), told.get(1));
        assertEquals(2, told.size());
    }

    @Test
    void a_constructor_that_throws_is_told() {
        assertEquals(
                List.of("one 1.0: " + Breaks.class.getName()
                        + " could not be constructed: IllegalStateException (out of luck)."),
                problems(one(c -> c.plug(MANY, "a", OptionSchema.NONE, Breaks.class))));
    }

    @Test
    void a_module_without_properties_or_without_a_version_is_refused() {
        assertEquals(
                List.of(
                        "Module 'silent' (" + TestModule.class.getName()
                                + ") does not tell its version: name, version or api "
                                + "is missing in META-INF/netstack4j/silent.properties beside its classes.",
                        "Module 'unheard' (" + TestModule.class.getName() + ") does not tell its version: there is no "
                                + "META-INF/netstack4j/unheard.properties beside its classes."),
                problems(TestModule.of("unheard", c -> {}), TestModule.of("silent", c -> {})));
    }

    @Test
    void a_module_built_for_another_api_range_is_refused_in_words_that_a_newcomer_understands() {
        assertEquals(
                List.of(
                        "Module newer 4.0 was built against api 0.999 and needs one in [0.999, 1), but this stack has"
                                + " api 0.2.0.",
                        "Module odd 6.0 says that it was built against api 'latest', which is no version.",
                        "Module other-major 5.0 was built against api 1.3 and needs one in [1.3, 2), "
                                + "but this stack has api " + API + "."),
                problems(
                        TestModule.of("other-major", c -> {}),
                        TestModule.of("newer", c -> {}),
                        TestModule.of("odd", c -> {})));
    }

    @Test
    void two_modules_of_one_name_are_refused() {
        List<String> told = problems(one(c -> {}), one(c -> {}));
        assertEquals(1, told.size());
        assertTrue(told.get(0).startsWith("Two modules are called 'one': " + TestModule.class.getName()), told.get(0));
    }

    @Test
    void a_module_without_a_name_is_told_with_its_class() {
        String start = "Module " + TestModule.class.getName();
        List<String> told = problems(TestModule.of("", c -> {}));
        assertEquals(1, told.size(), told.toString());
        assertTrue(
                told.get(0).startsWith(start) && told.get(0).endsWith("does not tell its name: it is empty."),
                told.get(0));
    }

    @Test
    void a_builder_can_be_mended_and_used_again() throws AssemblyException {
        StackBuilder b =
                new StackAssembler().runtime(RuntimeCore.virtualTime(1)).memory(5);
        assertThrows(AssemblyException.class, b::build);
        b.memory(4 << 20).build().close();
    }

    @Test
    void a_module_to_leave_out_must_exist() {
        assertEquals(
                List.of("Module 'tow' is to be left out, but there is no such module; there are: one, two."),
                problems(b -> b.with(one(c -> {})).with(two(c -> {})).without("tow")));
    }

    @Test
    void a_lookup_of_another_module_is_told() {
        StackModule wrong = new TestModule(
                "one", MethodHandles.publicLookup(), c -> c.plug(MANY, "a", OptionSchema.NONE, Plain.class));
        assertEquals(
                List.of("one 1.0: " + Plain.class.getName()
                        + " cannot be reached through the module's lookup(); it must be "
                        + "'return MethodHandles.lookup();' in a class of the same module."),
                problems(wrong));
    }

    @Test
    void numbers_outside_their_range_are_told() {
        assertEquals(
                List.of("A stack has 1 to 64 CPUs, not 0.", "A stack's memory has 4 MiB to 2 GiB, not 5 bytes."),
                problems(b -> b.cpus(0).memory(5)));
    }

    @Test
    void settings_that_nobody_knows_or_that_are_out_of_range_are_told() {
        assertEquals(
                List.of(
                        "Setting 'net.core.rmem_max' takes 2304 to 1073741823, not 7.",
                        "There is no setting 'net.core.rmem_min' in this stack."),
                problems(b -> b.sysctl("net.core.rmem_max", 7).sysctl("net.core.rmem_min", 9)));
    }

    @Test
    void all_problems_are_told_together() {
        List<String> told = problems(
                one(c -> {
                    c.packetType(0x88b5, Handler.class);
                    c.plug(MANY, "a", OptionSchema.NONE, NeedsMissing.class);
                }),
                two(c -> {
                    c.packetType(0x88b5, Handler.class);
                    c.plug(MANY, "a", OptionSchema.NONE, WithoutInject.class);
                }),
                TestModule.of("newer", c -> {}));
        assertEquals(4, told.size(), told.toString());
    }
}
