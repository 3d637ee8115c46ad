package dev.netstack4j.testkit.kit.lab;

/// Numbers of the rules that the wrappers watch over at all times.
public final class Marks {
    /// Nothing that may wait in the data path.
    public static final String NO_WAIT = "NDO-47";
    /// What was mapped is unmapped as it was mapped.
    public static final String UNMAP = "NDO-38";
    /// Nothing throws.
    public static final String NEVER_THROWS = "NDO-48";
    /// At most the budget.
    public static final String BUDGET = "NDO-41";
    /// Completion exactly under the budget.
    public static final String COMPLETE = "NDO-42";
    /// Budget 0 cleans the transmit ring only.
    public static final String NO_BUDGET = "NDO-43";
    /// The handler frees nothing.
    public static final String HANDLER = "NDO-44";
    /// Received packets are described.
    public static final String DESCRIBED = "NDO-33";
    /// Received packets are the stack's.
    public static final String HANDED_OVER = "NDO-34";

    private Marks() {}
}
