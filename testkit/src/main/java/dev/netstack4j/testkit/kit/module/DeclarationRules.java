package dev.netstack4j.testkit.kit.module;

import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.fake.Declarations;
import dev.netstack4j.testkit.fake.Declarations.Declared;
import dev.netstack4j.testkit.kit.Trial;
import jakarta.inject.Inject;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a module declares, without a stack.
final class DeclarationRules {
    private DeclarationRules() {}

    static void hasAPlainName(ModuleSubject s, Trial trial) {
        String name = s.stackModule().name();
        trial.check(
                name != null && name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"),
                "is named '" + name + "', which is not words of lower-case letters and digits joined by -");
        trial.checkEqual(name, s.stackModule().name(), "name of a second object of it");
    }

    static void isMadeWithoutArguments(ModuleSubject s, Trial trial) throws Exception {
        Class<?> type = s.stackModule().getClass();
        trial.check(Modifier.isPublic(type.getModifiers()), type.getName() + " is not public");
        Constructor<?> c = type.getConstructor();
        trial.check(c.newInstance() instanceof StackModule, type.getName() + " is no StackModule");
    }

    static void declaresTheSameEachTime(ModuleSubject s, Trial trial) {
        StackModule module = s.stackModule();
        List<Declared> first = Declarations.of(module).all();
        trial.checkEqual(first, Declarations.of(module).all(), "what it declares when asked a second time");
        trial.checkEqual(first, Declarations.of(s.stackModule()).all(), "what a second object of it declares");
    }

    static void declaresSomething(ModuleSubject s, Trial trial) {
        trial.check(!Declarations.of(s.stackModule()).all().isEmpty(), "declares nothing");
    }

    static void declaresAKeyOnce(ModuleSubject s, Trial trial) {
        Set<String> keys = new HashSet<>(); // looked up only
        for (Declared d : Declarations.of(s.stackModule()).all()) {
            trial.check(!d.key().isBlank(), "declares a " + d.point() + " without a key");
            trial.check(keys.add(d.point() + " " + d.key()), "declares " + d.point() + " " + d.key() + " twice");
        }
    }

    static void eachClassHasOneInjectedConstructor(ModuleSubject s, Trial trial) {
        for (Declared d : Declarations.of(s.stackModule()).all()) {
            Class<?> c = d.implementation();
            trial.check(!Modifier.isAbstract(c.getModifiers()), c.getName() + " is abstract");
            List<Constructor<?>> marked = new ArrayList<>();
            for (Constructor<?> k : c.getDeclaredConstructors()) {
                if (k.isAnnotationPresent(Inject.class)) {
                    marked.add(k);
                }
            }
            trial.checkEqual(1, marked.size(), "constructors of " + c.getName() + " that are marked @Inject");
        }
    }

    static void reachesItsClasses(ModuleSubject s, Trial trial) {
        StackModule module = s.stackModule();
        MethodHandles.Lookup lookup = module.lookup();
        trial.check(lookup.hasFullPrivilegeAccess(), "gives a lookup without full access: " + lookup);
        for (Declared d : Declarations.of(module).all()) {
            trial.check(
                    lookup.lookupClass().getClassLoader() == d.implementation().getClassLoader()
                            && lookup.lookupClass().getModule()
                                    == d.implementation().getModule(),
                    "gives a lookup of " + lookup.lookupClass().getName() + ", which does not belong to the module of "
                            + d.implementation().getName());
            try {
                MethodHandles.privateLookupIn(d.implementation(), lookup);
            } catch (IllegalAccessException e) {
                throw new AssertionError("does not reach " + d.implementation().getName() + " through its lookup", e);
            }
        }
    }

    static void explainsItsOptions(ModuleSubject s, Trial trial) {
        for (Declared d : Declarations.of(s.stackModule()).all()) {
            Set<String> names = new HashSet<>(); // looked up only
            for (Option<?> o : d.schema().options()) {
                String which = "option '" + o.name() + "' of " + d.point() + " " + d.key();
                trial.check(o.name().matches("[a-z][a-z0-9_-]*"), which + " is not in lower case");
                trial.check(names.add(o.name()), which + " is there twice");
                trial.check(o.description().strip().length() >= 5, which + " does not say what it does");
            }
        }
    }

    static void itsExamplesCanBeRead(ModuleSubject s, Trial trial) {
        for (Declared d : Declarations.of(s.stackModule()).all()) {
            for (Option<?> o : d.schema().options()) {
                Object value = o.type().parse(o.type().example());
                Object standard = o.defaultValue();
                trial.check(
                        standard == null || value.getClass() == standard.getClass(),
                        "option '" + o.name() + "' reads a " + value.getClass().getSimpleName()
                                + ", but its default is a " + (standard == null ? "" : standard.getClass()));
            }
        }
    }

    static void hasNoStaticState(ModuleSubject s, Trial trial) {
        StackModule module = s.stackModule();
        checkStatics(module.getClass(), trial);
        Declarations.of(module).all().forEach(d -> checkStatics(d.implementation(), trial));
    }

    private static void checkStatics(Class<?> type, Trial trial) {
        for (Field f : type.getDeclaredFields()) {
            boolean changes = Modifier.isStatic(f.getModifiers())
                    && !f.isSynthetic()
                    && (!Modifier.isFinal(f.getModifiers())
                            || ThreadLocal.class.isAssignableFrom(f.getType())
                            || f.getType().getName().startsWith("java.util.concurrent.atomic."));
            trial.check(!changes, type.getName() + "." + f.getName() + " is static and can change");
        }
    }
}
