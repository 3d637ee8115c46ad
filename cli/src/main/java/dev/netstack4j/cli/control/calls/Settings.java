package dev.netstack4j.cli.control.calls;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.settings.TextSysctl;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.cli.control.host.Execution;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.message.Request;
import dev.netstack4j.cli.control.session.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Settings and counters: sysctl.get, sysctl.set, sysctl.list and stats.
final class Settings {
    private final Execution execution;

    Settings(Execution execution) {
        this.execution = execution;
    }

    private Sysctls sysctls() {
        return execution.host().stack().service(Sysctls.class);
    }

    private @Nullable Sysctl named(Call call) throws Fault {
        Sysctl s = sysctls().find(call.request().text("name"));
        if (s == null) {
            call.reply().result(Errno.ENOENT.negative());
        }
        return s;
    }

    private @Nullable TextSysctl text(Call call) throws Fault {
        return sysctls().findText(call.request().text("name"));
    }

    void get(Call call) throws Fault {
        TextSysctl text = text(call);
        if (text != null) {
            call.reply().result(0);
            call.reply().put("value", text.get());
            return;
        }
        Sysctl s = named(call);
        if (s != null) {
            call.reply().result(0);
            call.reply().put("value", s.get());
        }
    }

    void set(Call call) throws Fault {
        Request r = call.request();
        Object value = r.raw("value");
        if (value == null) {
            throw Fault.field("value", "is missing");
        }
        TextSysctl text = text(call);
        if (text != null) {
            call.reply().result(set(text, value) ? 0 : Errno.ENOENT.negative());
            return;
        }
        Sysctl s = named(call);
        if (s != null) {
            call.reply().result(set(s, value) ? 0 : Errno.EINVAL.negative());
        }
    }

    private static boolean set(Sysctl s, Object value) {
        try {
            s.set(Math.toIntExact(Long.parseLong(value.toString().strip())));
            return true;
        } catch (IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }

    private static boolean set(TextSysctl s, Object value) {
        try {
            s.set(value.toString().strip());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    void list(Call call) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Sysctl s : sysctls().all()) {
            rows.add(row(s.name(), s.get(), s.description()));
        }
        for (TextSysctl s : sysctls().allTexts()) {
            rows.add(row(s.name(), s.get(), s.description()));
        }
        call.reply().result(0);
        call.reply().put("sysctls", rows);
    }

    private static Map<String, Object> row(String name, Object value, String description) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("value", value);
        row.put("description", description);
        return row;
    }

    void stats(Call call) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Counter c : execution.host().stack().service(Counters.class).all()) {
            counts.put(c.name(), c.sum());
        }
        call.reply().result(0);
        call.reply().put("stats", counts);
    }
}
