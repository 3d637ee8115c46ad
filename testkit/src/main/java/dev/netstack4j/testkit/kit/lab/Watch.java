package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.testkit.kit.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the wrappers have noticed of a subject, by the rule that it breaks; and who is in the data path now. Any
/// thread.
public final class Watch {
    private final Map<String, String> broken = new TreeMap<>();
    private final Map<Thread, List<String>> inside = new HashMap<>(); // looked up only
    private final Trial trial;

    /// Nothing was noticed yet.
    public Watch(Trial trial) {
        this.trial = trial;
    }

    /// Notes something for the list of last events.
    public synchronized void event(String what) {
        trial.event(what);
    }

    /// Notes that a rule is broken; the first sentence stays.
    public synchronized void breaks(String rule, String sentence) {
        trial.event(rule + ": " + sentence);
        broken.putIfAbsent(rule, sentence);
    }

    /// Fails when a rule was seen broken.
    public synchronized void check(String rule) {
        String sentence = broken.get(rule);
        if (sentence != null) {
            throw new AssertionError(sentence);
        }
    }

    // ---- who is where

    /// The calling thread begins code of the data path.
    public synchronized void enter(String what) {
        inside.computeIfAbsent(Thread.currentThread(), t -> new ArrayList<>()).add(what);
    }

    /// The calling thread ends what it began last.
    public synchronized void leave() {
        inside.getOrDefault(Thread.currentThread(), new ArrayList<>()).removeLast();
    }

    /// Which code of the data path the calling thread is in; empty for none.
    public synchronized String where() {
        List<String> mine = inside.get(Thread.currentThread());
        return mine == null || mine.isEmpty() ? "" : mine.getLast();
    }

    /// Something that may wait is done: not allowed in the data path.
    ///
    /// @param rule that forbids it
    public void mayWait(String rule, String what) {
        String where = where();
        if (!where.isEmpty()) {
            breaks(rule, where + " " + what + ", which may wait");
        }
    }
}
