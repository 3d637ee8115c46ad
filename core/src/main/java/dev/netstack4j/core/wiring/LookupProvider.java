package dev.netstack4j.core.wiring;

import com.google.inject.Provider;
import java.lang.invoke.MethodHandle;
import java.util.List;

/// Constructs one class through a constructor handle of its own module, so that nothing need be public or opened.
final class LookupProvider<T> implements Provider<T> {
    private final Class<T> type;
    private final MethodHandle constructor;
    private final List<Provider<?>> arguments;

    LookupProvider(Class<T> type, MethodHandle constructor, List<Provider<?>> arguments) {
        this.type = type;
        this.constructor = constructor;
        this.arguments = arguments;
    }

    @Override
    public T get() {
        Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).get();
        }
        try {
            return type.cast(constructor.invokeWithArguments(values));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
