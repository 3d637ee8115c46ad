package dev.netstack4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/// A recording of the JDK's flight recorder, from now until it is closed; without a file there is none. It has the
/// events of netstack4j and nothing else.
final class FlightRecording implements AutoCloseable {
    private final @Nullable Recording recording;
    private final @Nullable Path file;

    private FlightRecording(@Nullable Recording recording, @Nullable Path file) {
        this.recording = recording;
        this.file = file;
    }

    /// Begins.
    ///
    /// @param file where it is written to when it ends; null for no recording
    static FlightRecording to(@Nullable Path file) throws UserProblem {
        if (file == null) {
            return new FlightRecording(null, null);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UserProblem("there is no folder '" + folder + "' for the recording.");
        }
        Recording recording = new Recording();
        recording.start();
        return new FlightRecording(recording, file);
    }

    @Override
    public void close() throws IOException {
        if (recording != null && file != null) {
            recording.stop();
            recording.dump(file);
            recording.close();
        }
    }
}
