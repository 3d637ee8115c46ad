package dev.netstack4j.api.hardware;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On a [PciBusOps]: the bus needs the host's memory to be a file that other processes can map. A stack whose builder
/// names the bus gets such a memory; see [BusContext#memoryFile()].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SharesMemory {}
