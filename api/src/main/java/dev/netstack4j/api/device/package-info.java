/// Network devices: `NetDevice`, its operations, transmit queues and NAPI.
@NullMarked
package dev.netstack4j.api.device;

import org.jspecify.annotations.NullMarked;
