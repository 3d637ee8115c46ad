package dev.netstack4j.systemtests.kits.module;

import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscContext;
import dev.netstack4j.api.qdisc.QdiscOps;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.Lifecycle;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionType;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.qdisc.tbf.TbfModule;
import dev.netstack4j.systemtests.kits.Mutant;
import dev.netstack4j.systemtests.kits.MutantsTest;
import dev.netstack4j.testkit.kit.module.ModuleKit;
import dev.netstack4j.testkit.kit.module.ModuleSubject;
import jakarta.inject.Inject;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Broken modules, each to be found by the rule named for its defect. The correct one is `qdisc-tbf`.
class ModuleMutantsTest extends MutantsTest<ModuleSubject> {
    private final List<Mutant<ModuleSubject>> all = new ArrayList<>();

    ModuleMutantsTest() {
        super(new ModuleKit(), 10);
        names();
        declarations();
        options();
        stacks();
    }

    /// A module named as one that has properties, so that it can be assembled.
    private static class Broken implements StackModule {
        private final Consumer<Contributions> declares;

        Broken(Consumer<Contributions> declares) {
            this.declares = declares;
        }

        @Override
        public String name() {
            return "qdisc-reference";
        }

        @Override
        public MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }

        @Override
        public void contribute(Contributions c) {
            declares.accept(c);
        }
    }

    private void mutant(String ruleId, String defect, Consumer<Contributions> declares) {
        all.add(new Mutant<>(defect, ruleId, () -> () -> new Broken(declares)));
    }

    private void module(String ruleId, String defect, ModuleSubject subject) {
        all.add(new Mutant<>(defect, ruleId, () -> subject));
    }

    private void names() {
        module("MOD-1", "has blanks in its name", () -> named("Qdisc of mine"));
        module("MOD-1", "has another name each time", () -> named("qdisc-" + "abcdefgh".charAt(turn++ % 8)));
        mutant("MOD-2", "needs arguments", c -> c.qdisc("x", OptionSchema.NONE, Plain.class));
        module("MOD-11", "has no properties", () -> named("qdisc-unknown"));
        mutant("MOD-12", "is not in META-INF/services", c -> c.qdisc("x", OptionSchema.NONE, Plain.class));
    }

    private int turn;

    private static StackModule named(String name) {
        return new Broken(c -> c.qdisc("x", OptionSchema.NONE, Plain.class)) {
            @Override
            public String name() {
                return name;
            }
        };
    }

    private void declarations() {
        mutant(
                "MOD-3",
                "declares something else each time",
                c -> c.qdisc("x" + turn++, OptionSchema.NONE, Plain.class));
        mutant("MOD-4", "declares nothing", c -> {});
        mutant("MOD-5", "declares a kind twice", c -> {
            c.qdisc("x", OptionSchema.NONE, Plain.class);
            c.qdisc("x", OptionSchema.NONE, Plain.class);
        });
        mutant("MOD-6", "has a constructor that is not marked", c -> c.qdisc("x", OptionSchema.NONE, Unmarked.class));
        mutant("MOD-6", "has two marked constructors", c -> c.qdisc("x", OptionSchema.NONE, TwiceMarked.class));
        module("MOD-7", "gives a lookup of somebody else", () -> looking(MethodHandles.publicLookup()));
        module(
                "MOD-7",
                "gives a lookup of the JDK",
                () -> looking(MethodHandles.lookup().in(String.class)));
        mutant("MOD-10", "has a static field that changes", c -> c.qdisc("x", OptionSchema.NONE, Static.class));
    }

    private static StackModule looking(MethodHandles.Lookup lookup) {
        return new Broken(c -> c.qdisc("x", OptionSchema.NONE, Plain.class)) {
            @Override
            public MethodHandles.Lookup lookup() {
                return lookup;
            }
        };
    }

    private void options() {
        mutant(
                "MOD-8",
                "has an option without a description",
                c -> c.qdisc("x", OptionSchema.of(Option.of("a", OptionTypes.INTEGER, 1, "")), Plain.class));
        mutant(
                "MOD-8",
                "has an option twice",
                c -> c.qdisc(
                        "x",
                        OptionSchema.of(
                                Option.of("a", OptionTypes.INTEGER, 1, "the first"),
                                Option.of("a", OptionTypes.INTEGER, 1, "the second")),
                        Plain.class));
        mutant(
                "MOD-9",
                "has an example that it cannot read itself",
                c -> c.qdisc("x", OptionSchema.of(Option.of("a", new Unreadable(), 1, "a number")), Plain.class));
    }

    private static final class Unreadable implements OptionType<Integer> {
        @Override
        public Integer parse(String text) {
            return Integer.valueOf(text);
        }

        @Override
        public String example() {
            return "ten";
        }
    }

    private void stacks() {
        mutant("MOD-14", "keeps a packet when the stack is closed", c -> c.service(Keeper.class, Keeper.class));
        mutant("MOD-15", "works in one stack only", c -> c.service(OnlyOne.class, OnlyOne.class));
        mutant("MOD-16", "declares nothing the second time", new Consumer<>() {
            private int asked;

            @Override
            public void accept(Contributions c) {
                if (asked++ > 0) {
                    c.qdisc("x", OptionSchema.NONE, Plain.class);
                }
                c.service(Plain.class, Plain.class);
            }
        });
        mutant("MOD-17", "has a setting that nobody understands", c -> c.service(Setting.class, Setting.class));
        mutant("MOD-18", "hoards packets as time passes", c -> c.service(Hoarder.class, Hoarder.class));
    }

    static class Plain implements QdiscOps {
        @Inject
        Plain() {}

        @Override
        public Qdisc create(QdiscContext context, Options options) {
            throw new UnsupportedOperationException("not called");
        }
    }

    static final class Unmarked extends Plain {}

    static final class TwiceMarked extends Plain {
        @Inject
        TwiceMarked() {}

        @Inject
        TwiceMarked(Timers timers) {}
    }

    static final class Static extends Plain {
        static int made;

        @Inject
        Static() {
            made++;
        }
    }

    static final class Keeper implements Lifecycle {
        private final SkBuffPool pool;
        private final Cpus cpus;

        @Inject
        Keeper(SkBuffPool pool, Cpus cpus) {
            this.pool = pool;
            this.cpus = cpus;
        }

        @Override
        public void start() {
            Cpu cpu = cpus.enter();
            pool.alloc(100, cpu);
            cpus.leave(cpu);
        }
    }

    @Override
    protected ModuleSubject correct() {
        return TbfModule::new;
    }

    /// A module that works in one stack only is seen when the second is assembled.
    @Override
    protected boolean diesInAssembly() {
        return true;
    }

    @Override
    protected List<Mutant<ModuleSubject>> mutants() {
        return all;
    }

    static final class OnlyOne implements Lifecycle {
        static boolean taken;

        @Inject
        OnlyOne() {
            if (taken) {
                throw new IllegalStateException("there is one already");
            }
            taken = true;
        }

        @Override
        public void stop() {
            taken = false;
        }
    }

    static final class Setting {
        @Inject
        Setting(Sysctls sysctls) {
            sysctls.declare("net.test.x", 0, 0, 1, "");
        }
    }

    static final class Hoarder implements Lifecycle {
        private final SkBuffPool pool;
        private final Timers timers;
        private final Cpus cpus;

        @Inject
        Hoarder(SkBuffPool pool, Timers timers, Cpus cpus) {
            this.pool = pool;
            this.timers = timers;
            this.cpus = cpus;
        }

        @Override
        public void start() {
            Cpu cpu = cpus.enter();
            timers.coarse("hoard", c -> pool.alloc(100, c)).arm(5_000_000_000L, cpu);
            cpus.leave(cpu);
        }
    }
}
