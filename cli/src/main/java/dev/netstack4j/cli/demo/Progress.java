package dev.netstack4j.cli.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Shows a person at a terminal what goes on; says nothing to a file or a pipe.
public final class Progress {
    private static final int WIDTH = 78;
    private static final int UPDATE_MILLIS = 100;
    private static final long MIB = 1 << 20;

    private final PrintStream out;
    private final boolean shown;

    /// @param out   where to
    /// @param shown whether at all
    public Progress(PrintStream out, boolean shown) {
        this.out = out;
        this.shown = shown;
    }

    /// Begins a step.
    void step(String what) {
        if (shown) {
            out.println(what);
        }
    }

    /// Runs a transfer under a bar.
    <T> T transfer(String what, long bytes, Transfer<T> transfer) throws IOException {
        if (!shown) {
            return transfer.run(_ -> {});
        }
        try (ProgressBar bar = bar(what, bytes)) {
            return transfer.run(bar::stepBy);
        }
    }

    private ProgressBar bar(String what, long bytes) {
        return new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(bytes)
                .setUnit(" MiB", MIB)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
                .build();
    }

    /// A transfer that tells how many more bytes it has moved.
    @FunctionalInterface
    interface Transfer<T> {
        T run(LongConsumer moved) throws IOException;
    }
}
