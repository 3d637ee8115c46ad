package dev.netstack4j.bench.netem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The counters of TCP in this process's network namespace, under the names that this stack has for them.
final class KernelCounters {
    private KernelCounters() {}

    /// Prints a line for each that is not zero.
    static void print() {
        try {
            print("/proc/self/net/snmp", "Tcp");
            print("/proc/self/net/netstat", "TcpExt");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Each group has a line with names and a line with values.
    private static void print(String file, String group) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(group + ":"))
                .toList();
        List<String> names = List.of(lines.get(0).split(" ", -1));
        List<String> values = List.of(lines.get(1).split(" ", -1));
        for (int i = 1; i < names.size(); i++) {
            if (!values.get(i).equals("0")) {
                System.out.println("counter " + group + "." + names.get(i) + " " + values.get(i));
            }
        }
    }
}
