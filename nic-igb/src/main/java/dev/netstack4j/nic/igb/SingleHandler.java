package dev.netstack4j.nic.igb;

import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.runtime.Cpu;

/// With MSI or the line: one vector for everything. On a shared line ICR says whether it was this device.
final class SingleHandler implements IrqHandler {
    private final InterruptRegisters interrupts;
    private final Napi napi;
    private final Runnable linkCheck;

    SingleHandler(InterruptRegisters interrupts, Napi napi, Runnable linkCheck) {
        this.interrupts = interrupts;
        this.napi = napi;
        this.linkCheck = linkCheck;
    }

    @Override
    public Result handle(Cpu cpu) {
        int causes = interrupts.takeCauses();
        if ((causes & InterruptRegisters.SINGLE_CAUSES) == 0) {
            return Result.NONE;
        }
        interrupts.maskSingle();
        if ((causes & Registers.INT_LSC) != 0) {
            linkCheck.run();
        }
        napi.schedule(cpu);
        return Result.HANDLED;
    }
}
