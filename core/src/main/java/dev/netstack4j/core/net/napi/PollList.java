package dev.netstack4j.core.net.napi;

import org.jspecify.annotations.Nullable;

/// The contexts that one CPU is to poll, first come first served. Touched by the CPU's holder alone.
final class PollList {
    private @Nullable NapiContext first;
    private @Nullable NapiContext last;
    private int length;

    int length() {
        return length;
    }

    void add(NapiContext napi) {
        NapiContext tail = last;
        napi.nextToPoll = null;
        if (tail == null) {
            first = napi;
        } else {
            tail.nextToPoll = napi;
        }
        last = napi;
        length++;
    }

    @Nullable
    NapiContext poll() {
        NapiContext napi = first;
        if (napi != null) {
            first = napi.nextToPoll;
            napi.nextToPoll = null;
            length--;
            if (first == null) {
                last = null;
            }
        }
        return napi;
    }
}
