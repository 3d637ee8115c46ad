package dev.netstack4j.bench.netem;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// What the measured host does with a connection, on either stack: it is told what is to be transferred, and gives or
/// takes it.
final class TransferServer {
    /// Where it listens.
    static final int PORT = 5010;
    /// The measured host takes the bytes and says whether they are right.
    static final int TAKE = 1;
    /// The measured host gives the bytes.
    static final int GIVE = 2;

    private TransferServer() {}

    /// Chooses the congestion control of the connection.
    interface Congestion {
        void choose(String name) throws IOException;
    }

    static void serve(InputStream input, OutputStream out, Congestion congestion) throws IOException {
        DataInputStream in = new DataInputStream(input);
        int what = in.readInt();
        long seed = in.readLong();
        long length = in.readLong();
        congestion.choose(in.readUTF());
        if (what == GIVE) {
            new Payload(seed).send(out, length);
        } else {
            out.write(new Payload(seed).receive(in, length) ? 1 : 0);
        }
        if (in.read() >= 0) {
            throw new IOException("more came than was said");
        }
    }
}
