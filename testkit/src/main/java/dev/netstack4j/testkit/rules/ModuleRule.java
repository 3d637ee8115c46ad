package dev.netstack4j.testkit.rules;

/// One rule about the make of a module.
///
/// @param sentence what holds for a well-made module
/// @param check    throws an [AssertionError] that names every place where it does not hold
public record ModuleRule(String sentence, Check check) {
    /// How a rule is checked.
    @FunctionalInterface
    public interface Check {
        /// Looks at the module's classes.
        void on(ModuleClasses module) throws Exception;
    }
}
