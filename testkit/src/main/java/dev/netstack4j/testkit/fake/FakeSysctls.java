package dev.netstack4j.testkit.fake;

import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.settings.TextSysctl;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Settings in a map.
public final class FakeSysctls implements Sysctls {
    private final Map<String, Sysctl> settings = new TreeMap<>();
    private final Map<String, TextSysctl> texts = new TreeMap<>();

    /// None yet.
    public FakeSysctls() {}

    @Override
    public Sysctl declare(String name, int defaultValue, int least, int most, String description) {
        return settings.computeIfAbsent(name, n -> new One(n, defaultValue, least, most, description));
    }

    @Override
    public void declare(TextSysctl setting) {
        texts.putIfAbsent(setting.name(), setting);
    }

    @Override
    public @Nullable TextSysctl findText(String name) {
        return texts.get(name);
    }

    @Override
    public List<TextSysctl> allTexts() {
        return List.copyOf(texts.values());
    }

    @Override
    public @Nullable Sysctl find(String name) {
        return settings.get(name);
    }

    /// Changes a setting that was declared before.
    public void set(String name, int value) {
        Sysctl s = settings.get(name);
        if (s == null) {
            throw new IllegalArgumentException("nobody declared the setting " + name);
        }
        s.set(value);
    }

    @Override
    public List<Sysctl> all() {
        return List.copyOf(settings.values());
    }

    private static final class One implements Sysctl {
        private final String name;
        private final int least;
        private final int most;
        private final String description;
        private int value;

        One(String name, int value, int least, int most, String description) {
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
        public void set(int newValue) {
            if (newValue < least || newValue > most) {
                throw new IllegalArgumentException(name + " takes " + least + " to " + most + ", not " + newValue);
            }
            value = newValue;
        }

        @Override
        public String description() {
            return description;
        }
    }
}
