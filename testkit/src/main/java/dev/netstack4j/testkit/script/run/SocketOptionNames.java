package dev.netstack4j.testkit.script.run;

import dev.netstack4j.api.socket.SocketOption;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;

/// Socket options by Linux's names.
final class SocketOptionNames {
    private static final Map<String, Entry> ALL = read();

    private SocketOptionNames() {}

    /// @param level for example SOL_SOCKET
    /// @param name  its number
    record Entry(int level, int name) {}

    private static Map<String, Entry> read() {
        Map<String, Entry> all = new TreeMap<>();
        try {
            for (Field f : SocketOption.class.getFields()) {
                String n = f.getName();
                if (n.startsWith("SO_")) {
                    all.put(n, new Entry(SocketOption.SOL_SOCKET, f.getInt(null)));
                } else if (n.startsWith("IP_")) {
                    all.put(n, new Entry(SocketOption.SOL_IP, f.getInt(null)));
                } else if (n.startsWith("TCP_")) {
                    all.put(n, new Entry(SocketOption.SOL_TCP, f.getInt(null)));
                }
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the names of socket options cannot be read", e);
        }
        return all;
    }

    /// The option of a name; one that exists nowhere has level and number -1.
    static Entry of(String name) {
        return ALL.getOrDefault(name, new Entry(-1, -1));
    }
}
