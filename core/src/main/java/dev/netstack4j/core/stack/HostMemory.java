package dev.netstack4j.core.stack;

import dev.netstack4j.api.buffer.PhysicalMemory;
import java.nio.file.Path;
import java.util.Optional;

/// The memory of a host.
///
/// @param physical the bytes and who holds them
/// @param file     the file that it is, if it is one
record HostMemory(PhysicalMemory physical, Optional<Path> file) {}
