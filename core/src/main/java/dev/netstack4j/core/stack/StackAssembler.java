package dev.netstack4j.core.stack;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.core.registry.Catalogue;
import dev.netstack4j.core.registry.Component;
import dev.netstack4j.core.registry.ComponentReader;
import dev.netstack4j.core.registry.ModuleFacts;
import dev.netstack4j.core.registry.ModuleSelection;
import dev.netstack4j.core.registry.OwnershipCheck;
import dev.netstack4j.core.registry.Problems;
import dev.netstack4j.core.registry.ServiceGraph;
import dev.netstack4j.core.runtime.RuntimeCore;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Collects what a stack is to be made of, checks all of it, and only then begins to make it.
final class StackAssembler implements StackBuilder {
    private static final long LEAST_MEMORY = 4L << 20;
    private static final long MOST_MEMORY = 1L << 31;
    private static final int MOST_CPUS = 64;

    private final ModuleSelection selection = new ModuleSelection();
    private final Map<String, Integer> sysctls = new TreeMap<>();
    private final Map<String, String> textSysctls = new TreeMap<>();
    private final Map<String, Map<String, String>> buses = new TreeMap<>();
    private String name = "stack";
    private @Nullable StackRuntime runtime;
    private int cpus = 1;
    private long memory = 64L << 20;

    @Override
    public StackBuilder name(String text) {
        name = text;
        return this;
    }

    @Override
    public StackBuilder runtime(StackRuntime given) {
        runtime = given;
        return this;
    }

    @Override
    public StackBuilder cpus(int count) {
        cpus = count;
        return this;
    }

    @Override
    public StackBuilder memory(long bytes) {
        memory = bytes;
        return this;
    }

    @Override
    public StackBuilder discover(ClassLoader loader) {
        selection.discover(ServiceLoader.load(StackModule.class, loader));
        return this;
    }

    @Override
    public StackBuilder discover(ModuleLayer layer) {
        selection.discover(ServiceLoader.load(layer, StackModule.class));
        return this;
    }

    @Override
    public StackBuilder with(StackModule module) {
        selection.with(module);
        return this;
    }

    @Override
    public StackBuilder without(String moduleName) {
        selection.without(moduleName);
        return this;
    }

    @Override
    public StackBuilder bus(String kind, Map<String, String> options) {
        buses.put(kind, Map.copyOf(options));
        return this;
    }

    @Override
    public StackBuilder sysctl(String setting, int value) {
        sysctls.put(setting, value);
        return this;
    }

    @Override
    public StackBuilder sysctl(String setting, String value) {
        textSysctls.put(setting, value);
        return this;
    }

    @Override
    public Stack build() throws AssemblyException {
        Problems problems = new Problems();
        checkSizes(problems);
        Catalogue catalogue = new Catalogue(ModuleFacts.own("api", StackModule.class), problems);
        catalogue.add(new CoreModule());
        selection.chosen(problems).forEach(catalogue::add);
        OwnershipCheck.check(catalogue, problems);
        List<Component> components = ComponentReader.read(catalogue, problems);
        ServiceGraph graph = new ServiceGraph(catalogue, components, HostObjects.TYPES, problems);
        problems.check();
        StackPlan plan = new StackPlan(
                name, cpus, roundedMemory(), sysctls, textSysctls, new BusOptions(buses), catalogue, graph.order());
        return new StackStart(plan, runtimeCore(), runtime == null).start();
    }

    private void checkSizes(Problems problems) {
        if (cpus < 1 || cpus > MOST_CPUS) {
            problems.add("A stack has 1 to " + MOST_CPUS + " CPUs, not " + cpus + ".");
        }
        if (memory < LEAST_MEMORY || memory > MOST_MEMORY) {
            problems.add("A stack's memory has 4 MiB to 2 GiB, not " + memory + " bytes.");
        }
        if (runtime != null && !(runtime instanceof RuntimeCore)) {
            problems.add("The runtime " + runtime.getClass().getName()
                    + " is not one of this core; take it from StackFactory.realTime() or virtualTime().");
        }
    }

    private long roundedMemory() {
        return (memory + PhysicalMemory.CHUNK - 1) / PhysicalMemory.CHUNK * PhysicalMemory.CHUNK;
    }

    private RuntimeCore runtimeCore() {
        return runtime instanceof RuntimeCore given ? given : RuntimeCore.realTime();
    }
}
