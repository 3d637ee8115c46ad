package dev.netstack4j.nic.e1000;

/// What the driver itself counts, over all openings of the device. Each group has one writer; readers may lag.
final class Traffic {
    // written by the poll
    long rxPackets;
    long rxBytes;
    long rxBad;
    long rxChecksumGood;
    long rxChecksumErrors;
    long rxNoBuffer;
    long txPackets;
    long txBytes;
    long wakes;
    // written by the interrupt handler
    long interrupts;
    // written by the watchdog
    long watchdogPolls;
    // written in process context
    long timeouts;
    long pausedTimeouts;
    // written by startXmit
    long txDropped;
    long txBusy;
    long doorbells;
    long contexts;
}
