package dev.netstack4j.qdisc.pfifofast;

import dev.netstack4j.testkit.kit.module.ModuleConformance;
import dev.netstack4j.testkit.kit.module.ModuleSubject;

class PfifoFastModuleConformanceTest extends ModuleConformance {
    @Override
    protected ModuleSubject subject() {
        return PfifoFastModule::new;
    }
}
