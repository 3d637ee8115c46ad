package dev.netstack4j.systemtests.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.testkit.script.Mutants;
import dev.netstack4j.testkit.script.Script;
import dev.netstack4j.testkit.script.ScriptRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A script must fail when the behaviour is another: with one expectation made wrong, none passes.
class ScriptMutantsTest {
    private static final int LEAST = 350;

    @Test
    void aScriptWithOneWrongExpectationFails() {
        judge(1);
    }

    @Test
    @Tag("nightly")
    void aScriptWithAnyOneWrongExpectationFails() {
        judge(Integer.MAX_VALUE);
    }

    private static void judge(int ofEach) {
        List<String> survivors = new ArrayList<>();
        int killed = 0;
        int turn = 0;
        for (Path p : Scripts.all()) {
            List<Script> mutants = Mutants.of(Scripts.read(p));
            int most = Math.min(ofEach, mutants.size());
            for (int i = 0; i < most; i++) {
                Script m = mutants.get((i + (ofEach == 1 ? turn : 0)) % mutants.size());
                if (passes(m)) {
                    survivors.add(m.name());
                } else {
                    killed++;
                }
            }
            turn += 7;
        }
        System.out.println("packet scripts: " + killed + " mutants killed, " + survivors.size() + " survive");
        assertEquals(List.of(), survivors);
        assertTrue(killed >= LEAST, "only " + killed + " mutants were run");
    }

    private static boolean passes(Script script) {
        ScriptRunner runner = Scripts.runner();
        try {
            runner.run(script);
            return true;
        } catch (AssertionError e) {
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(script.name() + " cannot be run", e);
        }
    }
}
