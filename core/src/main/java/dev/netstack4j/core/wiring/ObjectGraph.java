package dev.netstack4j.core.wiring;

import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import dev.netstack4j.core.registry.Component;
import dev.netstack4j.core.registry.Problems;
import dev.netstack4j.core.registry.ServiceDeclaration;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The objects of one stack. Run the JVM with `-Dguice_bytecode_gen_option=DISABLED`: nothing here needs generated
/// classes, and Guice then leaves `sun.misc.Unsafe` alone, about which newer JVMs warn.
public final class ObjectGraph {
    private final Map<Class<?>, Object> made = new HashMap<>(); // looked up only
    private final Set<Type> failed =
            new HashSet<>(); // looked up only; classes and the services that they would provide
    private @Nullable Injector injector;

    /// Nothing is made yet.
    public ObjectGraph() {}

    /// Makes one object of each component, in the given order.
    ///
    /// @param given      core's own objects, by the type under which they are injected
    /// @param components what is needed first
    /// @param problems   told when something cannot be made
    public void construct(
            Map<Class<?>, Object> given,
            List<Component> components,
            List<ServiceDeclaration> services,
            Problems problems) {
        try {
            Injector i = Guice.createInjector(Stage.DEVELOPMENT, new StackBindings(given, components, services));
            injector = i;
            for (Component c : components) {
                make(i, c, problems);
                if (!made.containsKey(c.type())) {
                    failed.add(c.type());
                    services.stream()
                            .filter(s -> s.implementation() == c.type())
                            .forEach(s -> failed.add(s.type()));
                }
            }
        } catch (CreationException e) {
            tell(e.getErrorMessages(), problems);
        }
    }

    private void make(Injector from, Component component, Problems problems) {
        if (!Collections.disjoint(component.needs(), failed)) {
            return; // what it needs was told already
        }
        try {
            made.put(component.type(), from.getInstance(component.type()));
        } catch (ProvisionException e) {
            failed(component, cause(e), problems);
        } catch (LinkageError e) {
            failed(component, e, problems);
        } catch (ConfigurationException e) {
            tell(e.getErrorMessages(), problems);
        }
    }

    private static void failed(Component component, Throwable why, Problems problems) {
        problems.add(component.owner().label() + ": " + component.type().getName() + " could not be constructed: "
                + Problems.say(why) + ".");
    }

    private static Throwable cause(ProvisionException e) {
        Throwable cause = e.getCause();
        return cause == null ? e : cause;
    }

    private static void tell(Collection<Message> messages, Problems problems) {
        for (Message m : messages) {
            String first = m.getMessage()
                    .lines()
                    .findFirst()
                    .orElse("")
                    .replaceAll("\\[Guice/[^]]*]: ?", "")
                    .strip();
            problems.add("The objects of the stack cannot be joined: " + first + ".");
        }
    }

    /// The object of a component; usable when everything is constructed.
    public Supplier<?> object(Class<?> type) {
        return () -> {
            Object o = made.get(type);
            if (o == null) {
                throw new IllegalStateException(
                        type.getSimpleName() + " is not there yet; look contributions up from Lifecycle.start on");
            }
            return o;
        };
    }

    /// The object under a service type, or null when nobody provides it.
    public <T> @Nullable T find(Class<T> type) {
        Injector i = injector;
        return i != null && i.getExistingBinding(Key.get(type)) != null ? i.getInstance(type) : null;
    }
}
