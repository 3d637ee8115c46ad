package dev.netstack4j.testkit.simulation;

import org.jspecify.annotations.Nullable;

/// A link between two hosts, a host and a switch, or two switches. Its two directions have shapes of their own, which
/// may change while frames are under way: those keep the instants that they were given. Made by [Simulation#link].
public final class SimLink {
    private final String name;
    private final Direction forth;
    private final Direction back;
    private @Nullable Port first;
    private @Nullable Port second;
    private boolean cut;
    private boolean unplugged;

    SimLink(Simulation simulation, String name, int number, SimNode a, SimNode b) {
        this.name = name;
        forth = new Direction(this, 2 * number, a, b, simulation);
        back = new Direction(this, 2 * number + 1, b, a, simulation);
    }

    void join(Port a, Port b) {
        first = a;
        second = b;
    }

    /// Its name: `a-b`, and `a-b-2` for a second one between the same two.
    public String name() {
        return name;
    }

    // ---- what people do with it

    /// Gives both directions a shape.
    public SimLink shape(LinkShape shape) {
        forth.shape(shape);
        back.shape(shape);
        return this;
    }

    /// Gives both directions a shape, as [LinkShape#of] reads it.
    public SimLink shape(String shape) {
        return shape(LinkShape.of(shape));
    }

    /// Gives one direction a shape.
    ///
    /// @param from the end that sends
    public SimLink shape(SimNode from, LinkShape shape) {
        from(from).shape(shape);
        return this;
    }

    /// The shape of one direction.
    ///
    /// @param from the end that sends
    public LinkShape shapeFrom(SimNode from) {
        return from(from).shape();
    }

    /// From now on nothing arrives, and nobody is told: frames under way are lost too.
    public void cut() {
        cut = true;
    }

    /// Undoes [#cut].
    public void heal() {
        cut = false;
    }

    /// Pulls the plug: as [#cut], and the cards at both ends see that the link is gone.
    public void unplug() {
        unplugged = true;
        changed();
    }

    /// Undoes [#unplug].
    public void plug() {
        unplugged = false;
        changed();
    }

    /// How often something happened to a frame, in both directions.
    public long count(FrameFate fate) {
        return forth.count(fate) + back.count(fate);
    }

    /// How often something happened to a frame that an end had sent.
    public long count(SimNode from, FrameFate fate) {
        return from(from).count(fate);
    }

    // ---- inside

    private Direction from(SimNode node) {
        if (node != forth.from && node != back.from) {
            throw new IllegalArgumentException("link " + name + " does not end at " + node.name());
        }
        return node == forth.from ? forth : back;
    }

    /// The direction in which the end `of` sends.
    Direction outOf(SimNode of) {
        return from(of);
    }

    Port portOf(SimNode node) {
        Port port = node == forth.from ? first : second;
        if (port == null) {
            throw new IllegalStateException("link " + name + " was not joined");
        }
        return port;
    }

    SimNode otherEnd(SimNode node) {
        return node == forth.from ? forth.to : forth.from;
    }

    boolean isPassable() {
        return !cut && !unplugged;
    }

    /// Whether the cards see a link.
    boolean isUp() {
        Port a = first;
        Port b = second;
        return !unplugged && a != null && b != null && a.isThere() && b.isThere();
    }

    void changed() {
        Port a = first;
        Port b = second;
        if (a != null && b != null) {
            a.linkChanged();
            b.linkChanged();
        }
    }

    @Override
    public String toString() {
        return name + " (" + forth + "; " + back + ")";
    }
}
