package dev.netstack4j.core.net.device;

import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.runtime.WorkQueue;
import dev.netstack4j.api.statistics.Counter;

/// What a device needs of the stack around it.
///
/// @param sync             locks and bits
/// @param timers           for its watchdog
/// @param work             process context for its driver
/// @param control          the control lock
/// @param clock            time
/// @param links            hears of its link
/// @param napis            makes its NAPI contexts
/// @param transmitTimeouts counts queues that stood still
public record DeviceHost(
        Sync sync,
        Timers timers,
        WorkQueue work,
        ControlLock control,
        Clock clock,
        LinkWatch links,
        NapiMaker napis,
        Counter transmitTimeouts) {}
