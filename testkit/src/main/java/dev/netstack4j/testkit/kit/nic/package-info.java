/// The conformance kit for NIC drivers, on any bus, and for devices in software.
@NullMarked
package dev.netstack4j.testkit.kit.nic;

import org.jspecify.annotations.NullMarked;
