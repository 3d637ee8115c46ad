package dev.netstack4j.nic.igb;

import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.runtime.Cpu;

/// With MSI-X: the vector of everything that belongs to no queue, which is the link.
final class OtherHandler implements IrqHandler {
    private final InterruptRegisters interrupts;
    private final Runnable linkCheck;

    OtherHandler(InterruptRegisters interrupts, Runnable linkCheck) {
        this.interrupts = interrupts;
        this.linkCheck = linkCheck;
    }

    @Override
    public Result handle(Cpu cpu) {
        int causes = interrupts.takeCauses();
        if ((causes & Registers.INT_LSC) != 0) {
            linkCheck.run();
        }
        interrupts.unmaskVector(0);
        return Result.HANDLED;
    }
}
