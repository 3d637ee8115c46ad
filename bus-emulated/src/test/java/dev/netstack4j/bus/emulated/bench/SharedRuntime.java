package dev.netstack4j.bus.emulated.bench;

import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.testkit.fake.FakeTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Time and engines that hosts share.
public final class SharedRuntime implements StackRuntime {
    public final FakeTime time = new FakeTime();
    public final StepEngines engines = new StepEngines(time);
    private final Map<String, Object> shared = new TreeMap<>();

    @Override
    public Clock clock() {
        return time;
    }

    @Override
    public boolean isVirtual() {
        return true;
    }

    @Override
    public <T> T shared(Class<T> type, String name, Supplier<T> maker) {
        return type.cast(shared.computeIfAbsent(name, n -> maker.get()));
    }

    @Override
    public AppThread start(String name, Runnable body) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AppThread start(String name, Runnable body, Runnable waiting) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void pause(long nanos) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
