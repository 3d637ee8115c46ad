package dev.netstack4j.core.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.socket.Message;
import org.jspecify.annotations.Nullable;

/// An open file: what descriptors point to.
@Linux("include/linux/fs.h#file")
final class OpenFile {
    private static final int READING = 1;
    private static final int WRITING = 2;

    private final FileOperations operations;
    private final @Nullable BsdSocket socket;
    private final AtomicBits inUse;
    private final Message readMessage = new Message();
    private final Message writeMessage = new Message();
    private volatile boolean nonBlocking;
    int descriptors; // guarded by the descriptor table's lock

    OpenFile(FileOperations operations, @Nullable BsdSocket socket, AtomicBits inUse) {
        this.operations = operations;
        this.socket = socket;
        this.inUse = inUse;
    }

    FileOperations operations() {
        return operations;
    }

    boolean isSocket() {
        return socket != null;
    }

    /// The socket of a file that is one.
    BsdSocket socket() {
        if (socket == null) {
            throw new IllegalStateException("this file is no socket");
        }
        return socket;
    }

    boolean isNonBlocking() {
        return nonBlocking;
    }

    void nonBlocking(boolean value) {
        nonBlocking = value;
    }

    // One message per direction is kept for read and write, so that they allocate nothing; a second thread gets a new
    // one.

    Message takeReadMessage() {
        return (inUse.getAndSet(READING) & READING) == 0 ? readMessage : new Message();
    }

    void giveReadMessage(Message m) {
        if (m == readMessage) {
            inUse.getAndClear(READING);
        }
    }

    Message takeWriteMessage() {
        return (inUse.getAndSet(WRITING) & WRITING) == 0 ? writeMessage : new Message();
    }

    void giveWriteMessage(Message m) {
        if (m == writeMessage) {
            inUse.getAndClear(WRITING);
        }
    }
}
