package dev.netstack4j.testkit.simulation;

import java.util.Locale;

/// Something that happened to a frame on a link.
///
/// @param nanos when, on the simulation's clock
/// @param link  the link's name
/// @param from  the host or switch that sent it into the link
/// @param to    the host or switch at the other end
/// @param fate  what happened
/// @param bytes the frame from its Ethernet header on, without FCS; not to be changed
public record FrameEvent(long nanos, String link, String from, String to, FrameFate fate, byte[] bytes) {
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.6f s %s > %s %s: %s", nanos / 1e9, from, to, fate, FrameText.describe(bytes));
    }
}
