package dev.netstack4j.bench.endtoend;

import static dev.netstack4j.bench.endtoend.Regime.DEFAULT;
import static dev.netstack4j.bench.endtoend.Regime.NO_HALT;
import static dev.netstack4j.bench.endtoend.Regime.SAME_CPU;

import java.util.List;

/// All rows, and the addresses that `bench/run` gives.
final class Rows {
    static final String TAP = "10.81.0.2";
    static final String VETH = "10.84.0.2";
    private static final String TAP_MTU = "10.82.0.2";
    private static final String IGB = "10.83.0.2";
    private static final String VETH_MTU = "10.85.0.2";
    private static final String BEYOND_STACK = "10.87.0.2";
    private static final String BEYOND_KERNEL = "10.89.0.2";
    private static final String GIGABITS = "Gbit/s";
    private static final String RATE = "1/s";

    static final List<Row> ALL = List.of(
            row("TCP bulk, kernel to stack, offloads", GIGABITS, TAP, VETH, 0.60, Generator::bulkOut),
            row("TCP bulk, stack to kernel, offloads", GIGABITS, TAP, VETH, 0.50, Generator::bulkIn),
            row("TCP bulk, kernel to stack, offloads, 8 streams", GIGABITS, TAP, VETH, 0.60, Generator::manyOut),
            row("TCP bulk, stack to kernel, offloads, 8 streams", GIGABITS, TAP, VETH, 0.50, Generator::manyIn),
            row("TCP bulk, kernel to stack, MTU frames", GIGABITS, TAP_MTU, VETH_MTU, 1.0, Generator::bulkOut),
            row("TCP bulk, stack to kernel, MTU frames", GIGABITS, TAP_MTU, VETH_MTU, 0.55, Generator::bulkIn),
            row(
                    "TCP bulk, kernel to stack, MTU frames, 8 streams",
                    GIGABITS,
                    TAP_MTU,
                    VETH_MTU,
                    1.0,
                    Generator::manyOut),
            row(
                    "TCP bulk, stack to kernel, MTU frames, 8 streams",
                    GIGABITS,
                    TAP_MTU,
                    VETH_MTU,
                    0.55,
                    Generator::manyIn),
            row("TCP bulk, kernel to stack, emulated igb", GIGABITS, IGB, VETH, 0.20, Generator::bulkOut),
            row("TCP bulk, stack to kernel, emulated igb", GIGABITS, IGB, VETH, 0.30, Generator::bulkIn),
            row("Request/response, default", RATE, TAP, VETH, 0.9, Generator::requests),
            row("Request/response, default, virtual thread", RATE, TAP, VETH, 0, Generator::virtualRequests),
            row("Connect, one byte each way, close", RATE, TAP, VETH, 0.75, Generator::connections),
            row("UDP echo, 64 outstanding, 18 bytes", RATE, TAP, VETH, 1.0, Generator::datagrams),
            row(
                    "Forwarding between two TAPs, 18 bytes",
                    RATE,
                    BEYOND_STACK,
                    BEYOND_KERNEL,
                    0.8,
                    g -> g.forwarded(VETH)),
            new Row(NO_HALT, "Request/response, no-halt", RATE, TAP, VETH, 0.8, Generator::requests),
            new Row(
                    NO_HALT,
                    "Request/response, no-halt, virtual thread",
                    RATE,
                    TAP,
                    VETH,
                    0,
                    Generator::virtualRequests),
            new Row(SAME_CPU, "Request/response, same CPU", RATE, TAP, VETH, 0.8, Generator::requests),
            new Row(
                    SAME_CPU,
                    "Request/response, same CPU, virtual thread",
                    RATE,
                    TAP,
                    VETH,
                    0,
                    Generator::virtualRequests));

    private Rows() {}

    private static Row row(String name, String unit, String stack, String kernel, double target, Row.Load load) {
        return new Row(DEFAULT, name, unit, stack, kernel, target, load);
    }
}
