package dev.netstack4j.core.statistics;

import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.settings.TextSysctl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The settings of one stack. Values that the builder asked for wait here until a module declares their name.
public final class SysctlTable implements Sysctls {
    private final ControlLock lock;
    private final SortedMap<String, Integer> asked; // under the control lock
    private final SortedMap<String, String> askedTexts; // under the control lock
    private final List<String> refused = new ArrayList<>(); // under the control lock
    private volatile SortedMap<String, Sysctl> byName =
            new TreeMap<>(); // republished whole; written under the control lock
    private volatile SortedMap<String, TextSysctl> textByName = new TreeMap<>(); // the same

    /// @param lock  guards declarations
    /// @param asked values to set as soon as their settings are declared
    public SysctlTable(ControlLock lock, Map<String, Integer> asked) {
        this(lock, asked, Map.of());
    }

    /// @param lock       guards declarations
    /// @param asked      numbers to set as soon as their settings are declared
    /// @param askedTexts texts to set as soon as their settings are declared
    public SysctlTable(ControlLock lock, Map<String, Integer> asked, Map<String, String> askedTexts) {
        this.lock = lock;
        this.asked = new TreeMap<>(asked);
        this.askedTexts = new TreeMap<>(askedTexts);
    }

    @Override
    public Sysctl declare(String name, int defaultValue, int least, int most, String description) {
        lock.lock();
        try {
            Sysctl there = byName.get(name);
            if (there != null) {
                return there;
            }
            Sysctl made = new Setting(name, defaultValue, least, most, description);
            applyAsked(made);
            SortedMap<String, Sysctl> larger = new TreeMap<>(byName);
            larger.put(name, made);
            byName = larger;
            return made;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void declare(TextSysctl setting) {
        lock.lock();
        try {
            if (textByName.containsKey(setting.name())) {
                return;
            }
            applyAsked(setting);
            SortedMap<String, TextSysctl> larger = new TreeMap<>(textByName);
            larger.put(setting.name(), setting);
            textByName = larger;
        } finally {
            lock.unlock();
        }
    }

    private void applyAsked(TextSysctl setting) {
        String value = askedTexts.remove(setting.name());
        try {
            if (value != null) {
                setting.set(value);
            }
        } catch (IllegalArgumentException e) {
            refused.add("Setting " + e.getMessage() + ".");
        }
    }

    private void applyAsked(Sysctl made) {
        Integer value = asked.remove(made.name());
        try {
            if (value != null) {
                made.set(value);
            }
        } catch (IllegalArgumentException e) {
            refused.add("Setting " + e.getMessage() + ".");
        }
    }

    @Override
    public @Nullable Sysctl find(String name) {
        return byName.get(name);
    }

    @Override
    public @Nullable TextSysctl findText(String name) {
        return textByName.get(name);
    }

    @Override
    public List<TextSysctl> allTexts() {
        return List.copyOf(textByName.values());
    }

    @Override
    public List<Sysctl> all() {
        return List.copyOf(byName.values());
    }

    /// What became of the values asked for: a sentence for each that is out of range or that nobody declared.
    public List<String> complaints() {
        lock.lock();
        try {
            List<String> result = new ArrayList<>(refused);
            asked.keySet().forEach(name -> result.add("There is no setting '" + name + "' in this stack."));
            askedTexts
                    .keySet()
                    .forEach(name -> result.add("There is no setting '" + name + "' with text in this stack."));
            return result;
        } finally {
            lock.unlock();
        }
    }

    private static final class Setting implements Sysctl {
        private final String name;
        private final int least;
        private final int most;
        private final String description;
        private volatile int value;

        Setting(String name, int value, int least, int most, String description) {
            this.name = name;
            this.value = value;
            this.least = least;
            this.most = most;
            this.description = description;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int get() {
            return value;
        }

        @Override
        public void set(int wanted) {
            if (wanted < least || wanted > most) {
                throw new IllegalArgumentException("'" + name + "' takes " + least + " to " + most + ", not " + wanted);
            }
            value = wanted;
        }

        @Override
        public String description() {
            return description;
        }
    }
}
