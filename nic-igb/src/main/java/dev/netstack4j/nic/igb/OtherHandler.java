package dev.netstack4j.nic.igb;

import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.WorkQueue;

/// With MSI-X: the vector of everything that belongs to no queue, which is the link.
final class OtherHandler implements IrqHandler {
    private final InterruptRegisters interrupts;
    private final WorkQueue work;
    private final Runnable linkCheck;

    OtherHandler(InterruptRegisters interrupts, WorkQueue work, Runnable linkCheck) {
        this.interrupts = interrupts;
        this.work = work;
        this.linkCheck = linkCheck;
    }

    @Override
    public Result handle(Cpu cpu) {
        int causes = interrupts.takeCauses();
        if ((causes & Registers.INT_LSC) != 0) {
            work.queue("igb link", linkCheck);
        }
        interrupts.unmaskVector(0);
        return Result.HANDLED;
    }
}
