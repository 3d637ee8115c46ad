package dev.netstack4j.core.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.protocol.InetProtocols;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.Lifecycle;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.PlugPoint;
import dev.netstack4j.api.spi.Plugged;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.ModuleInfo;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.core.runtime.RuntimeCore;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/// Assembly of modules whose classes are all package-private.
class AssemblyTest {
    interface Word {
        String text();
    }

    interface Dictionary {
        String look(String key);
    }

    static final PlugPoint<Word> WORDS = PlugPoint.exclusive("word", Word.class);

    static final class Pages implements Dictionary, Lifecycle {
        private final Plugged plugged;
        private final Journal journal;

        @Inject
        Pages(Plugged plugged, Journal journal) {
            this.plugged = plugged;
            this.journal = journal;
            assertThrows(IllegalStateException.class, () -> plugged.all(WORDS));
        }

        @Override
        public String look(String key) {
            Word word = plugged.find(WORDS, key);
            return word == null ? "?" : word.text();
        }

        @Override
        public void start() {
            journal.lines.add("pages start with " + plugged.keys(WORDS));
        }

        @Override
        public void stop() {
            journal.lines.add("pages stop");
        }
    }

    static final class Journal {
        final List<String> lines = new ArrayList<>();

        @Inject
        Journal() {}
    }

    static final class Hello implements Word, Lifecycle {
        private final Clock clock;
        private final Counter spoken;
        private final Journal journal;

        @Inject
        Hello(Clock clock, Counters counters, Sysctls sysctls, Journal journal, Provider<Dictionary> later) {
            this.clock = clock;
            this.journal = journal;
            this.spoken = counters.counter("Word.Spoken");
            sysctls.declare("net.word.loud", 0, 0, 1, "Whether words are loud");
            assertNotNull(later);
        }

        @Override
        public String text() {
            return "hello at " + clock.nanos() + " after " + spoken.sum();
        }

        @Override
        public void start() {
            journal.lines.add("hello starts");
        }

        @Override
        public void stop() {
            journal.lines.add("hello stops");
        }
    }

    static final class FailsToStart implements Lifecycle, Word {
        private final Journal journal;

        @Inject
        FailsToStart(Journal journal, Dictionary dictionary) {
            this.journal = journal;
        }

        @Override
        public String text() {
            return "";
        }

        @Override
        public void start() {
            last = journal;
            throw new IllegalStateException("no voice");
        }
    }

    static Journal last;

    private static void words(Contributions c) {
        OptionSchema schema = OptionSchema.of(Option.of("volume", OptionTypes.INTEGER, 3, "how loud"));
        c.plug(WORDS, "hello", schema, Hello.class);
        c.plug(WORDS, "bye", OptionSchema.NONE, Hello.class);
    }

    private static void dictionary(Contributions c) {
        c.service(Dictionary.class, Pages.class);
        c.service(Journal.class, Journal.class);
    }

    private static StackBuilder builder(String name) {
        return new StackAssembler().name(name).memory(4 << 20).runtime(RuntimeCore.virtualTime(1));
    }

    private static Stack build(String name) throws AssemblyException {
        return builder(name)
                .with(TestModule.of("one", AssemblyTest::words))
                .with(TestModule.of("two", AssemblyTest::dictionary))
                .build();
    }

    @Test
    @Mechanism("E16")
    void package_private_classes_are_constructed_and_find_each_other() throws AssemblyException {
        try (Stack stack = build("a")) {
            Dictionary dictionary = stack.service(Dictionary.class);
            assertEquals("hello at 0 after 0", dictionary.look("hello"));
            assertEquals("?", dictionary.look("nothing"));
        }
    }

    @Test
    void a_class_contributed_in_several_places_is_one_object() throws AssemblyException {
        try (Stack stack = build("a")) {
            Plugged plugged = stack.service(Plugged.class);
            assertSame(plugged.find(WORDS, "hello"), plugged.find(WORDS, "bye"));
            assertEquals(List.of("hello", "bye"), plugged.keys(WORDS));
            assertEquals(2, plugged.all(WORDS).size());
        }
    }

    @Test
    @Mechanism("E10")
    void objects_start_in_the_order_of_their_needs_and_stop_in_reverse() throws AssemblyException {
        Journal journal;
        try (Stack stack = build("a")) {
            journal = stack.service(Journal.class);
            assertEquals(List.of("pages start with [hello, bye]", "hello starts"), journal.lines);
        }
        assertEquals(
                List.of("pages start with [hello, bye]", "hello starts", "hello stops", "pages stop"), journal.lines);
    }

    @Test
    void a_start_that_throws_is_told_and_what_had_started_is_stopped() {
        AssemblyException e = assertThrows(
                AssemblyException.class,
                () -> builder("a")
                        .with(TestModule.of("one", c -> c.plug(WORDS, "mute", OptionSchema.NONE, FailsToStart.class)))
                        .with(TestModule.of("two", AssemblyTest::dictionary))
                        .build());
        assertEquals(
                List.of("one 1.0: " + FailsToStart.class.getName()
                        + " failed to start: IllegalStateException (no voice)."),
                e.problems());
        assertEquals(List.of("pages start with [mute]", "pages stop"), last.lines);
    }

    @Test
    @Mechanism("J8")
    void two_stacks_side_by_side_share_nothing() throws AssemblyException {
        try (Stack a = build("a");
                Stack b = build("b")) {
            assertNotSame(a.service(Dictionary.class), b.service(Dictionary.class));
            assertNotSame(a.service(Journal.class), b.service(Journal.class));
            assertNotSame(a.packets(), b.packets());
            assertNotEquals(
                    a.packets().memory().segment().address(),
                    b.packets().memory().segment().address());
            a.service(Sysctls.class).find("net.word.loud").set(1);
            assertEquals(0, b.service(Sysctls.class).find("net.word.loud").get());
            assertNotSame(
                    a.service(Counters.class).counter("Word.Spoken"),
                    b.service(Counters.class).counter("Word.Spoken"));
            assertNotSame(a.device("lo"), b.device("lo"));
        }
    }

    @Test
    void modules_can_be_left_out_and_settings_given() throws AssemblyException {
        try (Stack stack = builder("a")
                .with(TestModule.of("one", AssemblyTest::words))
                .with(TestModule.of("two", AssemblyTest::dictionary))
                .with(TestModule.of("three", AssemblyTest::dictionary))
                .without("three")
                .sysctl("net.word.loud", 1)
                .build()) {
            assertEquals(
                    List.of("core", "one", "two"),
                    stack.modules().stream().map(ModuleInfo::name).toList());
            assertEquals(1, stack.service(Sysctls.class).find("net.word.loud").get());
        }
    }

    @Test
    void the_bill_of_materials_tells_versions_contributions_and_options() throws AssemblyException {
        try (Stack stack = build("a")) {
            ModuleInfo one = stack.modules().get(1);
            assertEquals("one", one.name());
            assertEquals("1.0", one.version());
            assertEquals("0.1", one.apiVersion());
            assertEquals(List.of("word hello (volume)", "word bye"), one.contributions());
            assertEquals(List.of("service Dictionary"), stack.modules().get(2).contributions());
        }
    }

    @Test
    @Mechanism("E10")
    void the_start_up_log_is_the_same_every_time_and_has_a_line_for_each_contribution() throws AssemblyException {
        List<String> first = logOf(() -> build("a").close());
        List<String> second = logOf(() -> build("a").close());
        assertEquals(first, second);
        assertTrue(first.contains("stack a: word hello (volume) of one 1.0"), first.toString());
    }

    private interface Assembling {
        void run() throws AssemblyException;
    }

    private static List<String> logOf(Assembling body) throws AssemblyException {
        Logger logger = Logger.getLogger("dev.netstack4j.core.stack");
        List<String> lines = new ArrayList<>();
        Handler handler = handler(r -> lines.add(r.getMessage()));
        logger.setLevel(Level.FINE);
        logger.addHandler(handler);
        try {
            body.run();
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(null);
        }
        return lines;
    }

    private static Handler handler(Consumer<LogRecord> to) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                to.accept(line);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @Test
    void what_is_not_there_is_said_in_words() throws AssemblyException {
        try (Stack stack = builder("a").build()) {
            assertEquals(
                    "no module of stack a provides Dictionary",
                    assertThrows(IllegalStateException.class, () -> stack.service(Dictionary.class))
                            .getMessage());
            assertEquals(
                    "no module of stack a brings AF_INET",
                    assertThrows(IllegalStateException.class, stack::ipv4).getMessage());
            assertEquals(
                    "stack a has no device 'eth0'; it has: lo",
                    assertThrows(IllegalArgumentException.class, () -> stack.device("eth0"))
                            .getMessage());
            assertTrue(stack.device("lo").isUp());
        }
    }

    @Test
    void a_stack_in_real_time_brings_its_own_runtime_and_closes_twice() throws AssemblyException {
        Stack stack = StackFactory.find().builder().memory(5 << 20).cpus(2).build();
        assertEquals("stack", stack.name());
        assertEquals(5 << 20, stack.packets().memory().size());
        stack.close();
        stack.close();
        assertThrows(IllegalStateException.class, () -> stack.packets().memory().get8(70000));
    }

    static final class Experimental implements NetProtocol {
        @Inject
        Experimental() {}

        @Override
        public void receive(SkBuff skb, Cpu cpu) {}
    }

    @Test
    @Mechanism("E6")
    void a_third_partys_ip_protocol_is_found_by_its_number() throws AssemblyException {
        try (Stack stack = builder("a")
                .with(TestModule.of("one", c -> c.netProtocol(AddressFamily.INET, 253, Experimental.class)))
                .build()) {
            InetProtocols protocols = stack.service(InetProtocols.class);
            assertTrue(protocols.find(AddressFamily.INET, 253) instanceof Experimental);
            assertNull(protocols.find(AddressFamily.INET, 252));
        }
    }

    @Test
    void memory_is_rounded_up_to_whole_chunks() throws AssemblyException {
        try (Stack stack = new StackAssembler()
                .memory((4 << 20) + 1)
                .runtime(RuntimeCore.virtualTime(1))
                .build()) {
            assertEquals((4 << 20) + 65536, stack.packets().memory().size());
        }
    }
}
