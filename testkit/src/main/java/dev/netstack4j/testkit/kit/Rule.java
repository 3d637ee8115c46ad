package dev.netstack4j.testkit.kit;

/// One numbered rule of a contract. The same number stands in the `api` Javadoc of the method that it judges.
///
/// @param id       for example `QDISC-7`
/// @param since    the api version from which on it holds: `0.1`
/// @param sentence what a correct implementation does: `is empty after reset`
/// @param check    fails with an [AssertionError] or any other exception when the subject breaks the rule
/// @param <S>      what is judged
public record Rule<S extends Subject>(String id, String since, String sentence, Check<S> check) {
    /// How a rule is judged.
    ///
    /// @param <S> what is judged
    @FunctionalInterface
    public interface Check<S> {
        /// Drives the subject and compares. Makes all that it needs anew: rules are judged in any order.
        void judge(S subject, Trial trial) throws Exception;
    }

    /// Whether the rule held already in that api version.
    boolean holdsIn(String apiVersion) {
        return ApiVersions.compare(since, apiVersion) <= 0;
    }

    @Override
    public String toString() {
        return id + " " + sentence;
    }
}
