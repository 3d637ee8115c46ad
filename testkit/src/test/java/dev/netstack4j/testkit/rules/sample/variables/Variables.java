package dev.netstack4j.testkit.rules.sample.variables;

/// Two variables.
public final class Variables {
    /// Written by `first`.
    public int one;
    /// Written by `first` and `second`.
    public int two;
}
