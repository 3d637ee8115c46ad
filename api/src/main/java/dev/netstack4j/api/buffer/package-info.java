/// Packets: physical memory, `SkBuff`, its pool, queues, checksums and the ledger of every packet's fate.
/// How bytes are stored is known to this package alone.
@NullMarked
package dev.netstack4j.api.buffer;

import org.jspecify.annotations.NullMarked;
