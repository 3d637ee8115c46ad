package dev.netstack4j.systemtests.drivers;

/// Everything that is asked of a driver, whichever it is and on whichever bus.
interface DriverSuite
        extends PacketCases,
                ChecksumCases,
                VlanCases,
                SegmentationCases,
                QueueCases,
                RingCases,
                LinkCases,
                FilterCases,
                InterruptCases {}
