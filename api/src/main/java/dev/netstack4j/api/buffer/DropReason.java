package dev.netstack4j.api.buffer;

/// Why packets are dropped. Declared by modules through [PacketReasons]; an instance belongs to one stack.
public final class DropReason {
    private final int id;
    private final String name;
    private final String description;

    DropReason(int id, String name, String description) {
        this.id = id;
        this.name = name;
        this.description = description;
    }

    int id() {
        return id;
    }

    /// Upper-case name, for example `IP_CSUM`.
    public String name() {
        return name;
    }

    /// One phrase for people.
    public String description() {
        return description;
    }

    @Override
    public String toString() {
        return name;
    }
}
