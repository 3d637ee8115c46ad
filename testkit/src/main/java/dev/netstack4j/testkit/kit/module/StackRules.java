package dev.netstack4j.testkit.kit.module;

import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.ModuleInfo;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.testkit.fake.Declarations;
import dev.netstack4j.testkit.kit.Trial;
import java.util.List;

/// A module in whole stacks, in virtual time.
final class StackRules {
    private static final int MEMORY_BYTES = 4 << 20;
    private static final long SECOND = 1_000_000_000L;

    private StackRules() {}

    private static StackBuilder builder(ModuleSubject s, VirtualRuntime runtime, String name) {
        StackBuilder b =
                StackFactory.find().builder().name(name).runtime(runtime).memory(MEMORY_BYTES);
        s.peers().forEach(b::with);
        return b.with(s.stackModule());
    }

    private static Stack stack(ModuleSubject s, VirtualRuntime runtime, String name) throws AssemblyException {
        return builder(s, runtime, name).build();
    }

    private static VirtualRuntime runtime(Trial trial) {
        VirtualRuntime runtime = StackFactory.find().virtualTime(trial.seed());
        trial.atEnd(runtime::close);
        return runtime;
    }

    static void leavesNothingBehind(ModuleSubject s, Trial trial) throws AssemblyException {
        VirtualRuntime runtime = runtime(trial);
        for (int round = 0; round < 3; round++) {
            Stack stack = stack(s, runtime, "round" + round);
            runtime.advance(SECOND);
            stack.close();
            trial.checkEqual(0, stack.packets().live(), "packets alive after the stack was closed");
            trial.check(stack.packets().isBalanced(), "the ledger does not balance after the stack was closed");
        }
    }

    static void livesInTwoStacksAtOnce(ModuleSubject s, Trial trial) throws AssemblyException {
        VirtualRuntime runtime = runtime(trial);
        Stack a = stack(s, runtime, "a");
        Stack b = stack(s, runtime, "b");
        runtime.advance(SECOND);
        trial.checkEqual(bill(s, a), bill(s, b), "what it brings to a second stack");
        List<String> before = settings(b);
        a.close();
        runtime.advance(SECOND);
        trial.checkEqual(before, settings(b), "settings of a stack after another one was closed");
        b.close();
    }

    private static List<String> settings(Stack stack) {
        return stack.service(Sysctls.class).all().stream()
                .map(x -> x.name() + "=" + x.get())
                .toList();
    }

    private static ModuleInfo info(ModuleSubject s, Stack stack) {
        return stack.modules().stream()
                .filter(m -> m.name().equals(s.module()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("is not among the modules of a stack that it was added to"));
    }

    private static List<String> bill(ModuleSubject s, Stack stack) {
        return info(s, stack).contributions();
    }

    static void bringsWhatItDeclares(ModuleSubject s, Trial trial) throws AssemblyException {
        try (Stack stack = stack(s, runtime(trial), "bill")) {
            List<String> bill = bill(s, stack);
            for (Declarations.Declared d : Declarations.of(s.stackModule()).all()) {
                if (!d.point().equals("service")) {
                    trial.check(
                            bill.stream().anyMatch(l -> l.startsWith(d.point())),
                            "declares " + d.point() + " " + d.key() + ", but brings " + bill);
                }
            }
        }
    }

    static void explainsItsSettings(ModuleSubject s, Trial trial) throws AssemblyException {
        try (Stack stack = stack(s, runtime(trial), "settings")) {
            for (Sysctl x : stack.service(Sysctls.class).all()) {
                trial.check(
                        x.description().strip().length() >= 5, "setting " + x.name() + " does not say what it does");
                trial.check(
                        x.name().matches("[a-z0-9_]+(\\.[a-z0-9_-]+)+"),
                        "setting " + x.name() + " is not named as words with dots between");
            }
        }
    }

    static void isQuietWhileNothingHappens(ModuleSubject s, Trial trial) throws AssemblyException {
        VirtualRuntime runtime = runtime(trial);
        try (Stack stack = stack(s, runtime, "quiet")) {
            runtime.advance(SECOND);
            int live = stack.packets().live();
            for (int i = 0; i < 10; i++) {
                runtime.advance(60 * SECOND);
            }
            trial.checkEqual(live, stack.packets().live(), "packets alive after ten minutes without traffic");
        }
    }
}
