package dev.netstack4j.bench.endtoend;

import java.io.IOException;

/// One kind of traffic, on one path of this stack and one of the kernel.
///
/// @param regime what the machine does beside
/// @param name   for people
/// @param unit   of the figures
/// @param stack  address of the measured host on this stack
/// @param kernel address of the measured host on the kernel
/// @param target least ratio of both, 0 for a row that is only reported
/// @param load   what is done
record Row(Regime regime, String name, String unit, String stack, String kernel, double target, Load load) {
    /// A measurement.
    interface Load {
        double run(Generator generator) throws IOException;
    }
}
