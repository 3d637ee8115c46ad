package dev.netstack4j.core.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.core.runtime.HostRuntime;
import dev.netstack4j.core.runtime.SteppedRuntime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private final HostRuntime host = new SteppedRuntime(1).newHost("counting", 1);
    private final CounterTable counters = new CounterTable(host.controlLock(), 1);

    @Test
    void a_name_is_one_counter_and_more_than_a_block_of_them_keep_their_values() {
        Cpu cpu = host.cpus().enter();
        Counter first = counters.counter("Group.First");
        first.increment(cpu);
        for (int i = 0; i < 200; i++) {
            counters.counter("Group.Number" + i).add(cpu, i);
        }
        first.add(cpu, 2);
        host.cpus().leave(cpu);
        assertSame(first, counters.counter("Group.First"));
        assertEquals(3, counters.value("Group.First"));
        assertEquals(3, first.ofCpu(0));
        assertEquals(199, counters.value("Group.Number199"));
        assertEquals(0, counters.value("Group.Nobody"));
        assertEquals(201, counters.all().size());
        assertEquals("Group.First", counters.all().get(0).name());
    }

    @Test
    @Mechanism("J1")
    void a_setting_takes_the_value_that_was_asked_for_and_changes_live() {
        SysctlTable table = new SysctlTable(host.controlLock(), Map.of("net.a", 5, "net.b", 99, "net.c", 1));
        Sysctl a = table.declare("net.a", 1, 0, 10, "one");
        Sysctl b = table.declare("net.b", 1, 0, 10, "two");
        assertEquals(5, a.get());
        assertEquals(1, b.get());
        assertEquals(
                List.of("Setting 'net.b' takes 0 to 10, not 99.", "There is no setting 'net.c' in this stack."),
                table.complaints());
        a.set(7);
        assertEquals(7, table.find("net.a").get());
        assertSame(a, table.declare("net.a", 3, 0, 100, "somebody else's view"));
        assertThrows(IllegalArgumentException.class, () -> a.set(11));
        assertNull(table.find("net.z"));
        assertEquals(List.of(a, b), table.all());
    }
}
