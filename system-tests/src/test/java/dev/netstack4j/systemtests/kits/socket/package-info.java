/// The shipped socket families judged by their kit, and two reference families with one defect at a time.
@NullMarked
package dev.netstack4j.systemtests.kits.socket;

import org.jspecify.annotations.NullMarked;
