/// One suite for every driver of a real chip on every bus: packets, offloads, queues, rings, link, filters.
/// A test class a pair of driver and bus; the cases are in interfaces by subject.
@NullMarked
package dev.netstack4j.systemtests.drivers;

import org.jspecify.annotations.NullMarked;
