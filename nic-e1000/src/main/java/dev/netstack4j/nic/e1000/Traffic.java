package dev.netstack4j.nic.e1000;

/// What the driver itself counts, over all openings of the device. Each group has one writer; readers may lag.
final class Traffic {
    // written by the poll
    long rxPackets;
    long rxBytes;
    long rxBad;
    long rxChecksumErrors;
    long rxNoBuffer;
    long txPackets;
    long txBytes;
    // written by startXmit
    long txDropped;
    long txBusy;
    long doorbells;
    long contexts;
}
