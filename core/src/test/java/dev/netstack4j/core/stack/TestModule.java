package dev.netstack4j.core.stack;

import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;
import java.util.function.Consumer;

/// A module for tests. Its name must have a properties file among the test resources: one 1.0, two 2.0, three 3.0 ...
record TestModule(String name, MethodHandles.Lookup lookup, Consumer<Contributions> body) implements StackModule {
    static TestModule of(String name, Consumer<Contributions> body) {
        return new TestModule(name, MethodHandles.lookup(), body);
    }

    @Override
    public void contribute(Contributions c) {
        body.accept(c);
    }
}
