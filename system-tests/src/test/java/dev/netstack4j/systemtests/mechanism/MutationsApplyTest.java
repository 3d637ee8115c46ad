package dev.netstack4j.systemtests.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The sources move on; a mutation that fits nowhere any more is noticed at once, not at night.
class MutationsApplyTest {
    @Test
    void everyMutationStillFitsItsSource() throws Exception {
        List<String> misfits = new ArrayList<>();
        List<Mutation> all = new ArrayList<>(Mutation.all());
        all.addAll(Mutation.in(DriverBugsTest.FOLDER));
        for (Mutation m : all) {
            try {
                m.mutatedSource();
            } catch (IllegalStateException e) {
                misfits.add(e.getMessage());
            }
        }
        assertEquals(List.of(), misfits);
        assertTrue(all.size() > 100, "only " + all.size() + " mutations were seen");
    }
}
