package dev.netstack4j.core.stack;

/// Name of the stack, for those who ask for it by injection.
///
/// @param text the name
record StackName(String text) {}
