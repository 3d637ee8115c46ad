package dev.netstack4j.core.registry;

/// What a module offers to others.
///
/// @param owner          the module
/// @param type           what others inject
/// @param implementation the class of which the stack gets one object
public record ServiceDeclaration(JoinedModule owner, Class<?> type, Class<?> implementation) {
    /// A line of the bill of materials.
    public String line() {
        return "service " + type.getSimpleName();
    }
}
