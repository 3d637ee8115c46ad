package dev.netstack4j.core.registry;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import java.util.List;

/// A class of which the stack gets one object.
///
/// @param owner       the module
/// @param type        the class
/// @param constructor its constructor marked `@Inject`, reached through the module's own lookup
/// @param needs       types of its parameters, in order
public record Component(JoinedModule owner, Class<?> type, MethodHandle constructor, List<Type> needs) {
    /// The class with its module, for messages.
    public String label() {
        return type.getSimpleName() + " of " + owner.label();
    }
}
