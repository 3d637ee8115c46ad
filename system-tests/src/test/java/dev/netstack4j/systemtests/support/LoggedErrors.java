package dev.netstack4j.systemtests.support;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Collects what is logged as a warning or worse while it is open.
public final class LoggedErrors implements AutoCloseable {
    private final List<String> lines = new ArrayList<>();
    private final Logger logger;
    private final Level least;
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord r) {
            if (r.getLevel().intValue() >= least.intValue()) {
                add(r.getMessage(), r.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /// Begins.
    public LoggedErrors() {
        this("", Level.WARNING);
    }

    private LoggedErrors(String name, Level least) {
        this.least = least;
        logger = Logger.getLogger(name);
        logger.addHandler(handler);
    }

    /// Collects everything of the loggers below a name, from now on.
    public static LoggedErrors ofAll(String name) {
        return new LoggedErrors(name, Level.ALL);
    }

    private synchronized void add(String message, @Nullable Throwable thrown) {
        StringBuilder s = new StringBuilder(message);
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            s.append(System.lineSeparator()).append(t);
            for (int i = 0; i < Math.min(12, t.getStackTrace().length); i++) {
                s.append(System.lineSeparator()).append("    at ").append(t.getStackTrace()[i]);
            }
        }
        lines.add(s.toString());
    }

    /// What was logged.
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }
}
