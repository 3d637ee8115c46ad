package dev.netstack4j.testkit.kit.module;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.kit.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/// A module to be judged by [ModuleKit], whatever it contributes. A complete test of one:
/// ```java
/// class RedModuleConformanceTest extends ModuleConformance {
///     @Override
///     protected ModuleSubject subject() {
///         return RedModule::new;
///     }
/// }
/// ```
@FunctionalInterface
public interface ModuleSubject extends Subject {
    /// The module; made anew for each call.
    StackModule stackModule();

    @Override
    default String module() {
        return stackModule().name();
    }

    /// The other modules of a stack that this one is part of: what is found on the class path.
    default List<StackModule> peers() {
        String own = module();
        List<StackModule> peers = new ArrayList<>();
        for (StackModule m : ServiceLoader.load(StackModule.class)) {
            if (!m.name().equals(own)) {
                peers.add(m);
            }
        }
        return peers;
    }
}
