package dev.netstack4j.testkit.kit.qdisc;

/// A packet that the kit gave to a qdisc, and what became of it. It is recognised by its mark.
final class Parcel {
    final int id;
    final int flow;
    final byte[] bytes;
    final int priority;
    int length;
    Place place = Place.NEW;

    enum Place {
        NEW,
        HELD,
        GIVEN,
        DROPPED
    }

    Parcel(int id, int flow, int priority, byte[] bytes) {
        this.id = id;
        this.flow = flow;
        this.priority = priority;
        this.bytes = bytes;
        length = bytes.length;
    }

    int length() {
        return length;
    }

    @Override
    public String toString() {
        return "packet " + id + " (flow " + flow + ", priority " + priority + ", " + length + " bytes)";
    }
}
