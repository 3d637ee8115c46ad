package dev.netstack4j.core.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.socket.OptionValue;

/// What can be done with an open file without knowing what it is.
@Linux("include/linux/fs.h#file_operations")
interface FileOperations {
    /// Reads bytes.
    long read(OpenFile file, byte[] bytes, int offset, int length);

    /// Writes bytes.
    long write(OpenFile file, byte[] bytes, int offset, int length);

    /// Readiness now.
    int poll(OpenFile file);

    /// Lets somebody know whenever something happens to it.
    void watch(OpenFile file, Poller poller);

    /// Ends what [#watch] began.
    void unwatch(OpenFile file, Poller poller);

    /// Whether it was released.
    boolean isClosed(OpenFile file);

    /// Requests beside the data.
    int ioctl(OpenFile file, int request, OptionValue value);

    /// The last descriptor is gone.
    void release(OpenFile file);
}
