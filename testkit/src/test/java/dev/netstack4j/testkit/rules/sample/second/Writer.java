package dev.netstack4j.testkit.rules.sample.second;

import dev.netstack4j.testkit.rules.sample.variables.Variables;

final class Writer {
    void write(Variables v) {
        v.two = v.one;
    }
}
