package dev.netstack4j.api.buffer;

/// What packets were used up for when all went well. Declared by modules through [PacketReasons]; an instance belongs
/// to one stack.
public final class ConsumeReason {
    private final int id;
    private final String name;
    private final String description;

    ConsumeReason(int id, String name, String description) {
        this.id = id;
        this.name = name;
        this.description = description;
    }

    int id() {
        return id;
    }

    /// Upper-case name, for example `TX_DONE`.
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
