package dev.netstack4j.core.stack;

import dev.netstack4j.api.buffer.PacketLedger;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.hardware.Interrupts;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Engines;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.SoftIrqs;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.runtime.WorkQueue;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.spi.Plugged;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.core.registry.ContributionTable;
import dev.netstack4j.core.registry.PluggedView;
import dev.netstack4j.core.runtime.HostRuntime;
import dev.netstack4j.core.statistics.CounterTable;
import dev.netstack4j.core.statistics.SysctlTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Objects that core makes before any module's: what classes of all modules may inject beside services.
final class HostObjects {
    /// Under which types they are injected.
    static final Set<Class<?>> TYPES = Set.of(
            StackName.class,
            StackRuntime.class,
            HostRuntime.class,
            Clock.class,
            Cpus.class,
            SoftIrqs.class,
            Engines.class,
            Timers.class,
            WorkQueue.class,
            Sync.class,
            RandomStreams.class,
            ControlLock.class,
            Interrupts.class,
            PhysicalMemory.class,
            HostMemory.class,
            BusOptions.class,
            PacketLedger.class,
            PacketReasons.class,
            SkBuffPool.class,
            Counters.class,
            Sysctls.class,
            ContributionTable.class,
            Plugged.class); // looked up only

    private final Map<Class<?>, Object> objects = new LinkedHashMap<>();
    private final SkBuffPool pool;
    private final SysctlTable sysctls;

    HostObjects(StackPlan plan, HostRuntime host, HostMemory memory, ContributionTable contributions) {
        PacketLedger ledger = new PacketLedger(plan.cpus());
        pool = new SkBuffPool(memory.physical(), plan.cpus(), ledger);
        sysctls = new SysctlTable(host.controlLock(), plan.sysctls(), plan.textSysctls());
        putRuntime(host);
        objects.put(StackName.class, new StackName(plan.name()));
        objects.put(PhysicalMemory.class, memory.physical());
        objects.put(HostMemory.class, memory);
        objects.put(BusOptions.class, plan.buses());
        objects.put(PacketLedger.class, ledger);
        objects.put(PacketReasons.class, ledger);
        objects.put(SkBuffPool.class, pool);
        objects.put(Counters.class, new CounterTable(host.controlLock(), plan.cpus()));
        objects.put(Sysctls.class, sysctls);
        objects.put(ContributionTable.class, contributions);
        objects.put(Plugged.class, new PluggedView(contributions));
    }

    private void putRuntime(HostRuntime host) {
        objects.put(HostRuntime.class, host);
        objects.put(StackRuntime.class, host.runtime());
        objects.put(Clock.class, host.clock());
        objects.put(Cpus.class, host.cpus());
        objects.put(SoftIrqs.class, host.softIrqs());
        objects.put(Engines.class, host.engines());
        objects.put(Timers.class, host.timers());
        objects.put(WorkQueue.class, host.workQueue());
        objects.put(Sync.class, host.sync());
        objects.put(RandomStreams.class, host.random());
        objects.put(ControlLock.class, host.controlLock());
        objects.put(Interrupts.class, host.interrupts());
    }

    Map<Class<?>, Object> byType() {
        return objects;
    }

    SkBuffPool pool() {
        return pool;
    }

    SysctlTable sysctls() {
        return sysctls;
    }
}
