package dev.netstack4j.testkit.rules.sample.first;

import dev.netstack4j.testkit.rules.sample.variables.Variables;

final class Writer {
    void write(Variables v) {
        v.one = 1;
        v.two = 2;
    }
}
