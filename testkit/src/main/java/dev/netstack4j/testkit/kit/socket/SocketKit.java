package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.testkit.kit.Kit;

/// The rules for socket families; see [SocketSubject] for how to have one judged.
public final class SocketKit extends Kit<SocketSubject> {
    private static final String SINCE = "0.2";

    /// All rules.
    public SocketKit() {
        super("SOCK");
        lives();
        data();
        states();
        accounts();
        waits();
        listens();
        odd();
    }

    private void lives() {
        rule(1, SINCE, "makes a new socket of each request", LifeRules::makesNewOnes);
        rule(2, SINCE, "refuses what it does not have with EOPNOTSUPP", LifeRules::refusesWhatItHasNot);
        rule(3, SINCE, "frees what is queued when the socket ends", LifeRules::freesWhatIsQueued);
        rule(4, SINCE, "gives its address back when it ends", LifeRules::givesTheAddressBack);
        rule(5, SINCE, "queues no packet after its end", LifeRules::takesNothingAfterItsEnd);
        rule(6, SINCE, "tells its own address and its peer's", LifeRules::tellsAddresses);
        rule(7, SINCE, "refuses an address that another socket has", LifeRules::sharesNoAddress);
        rule(8, SINCE, "refuses addresses of other families", LifeRules::refusesOtherFamilies);
    }

    private void data() {
        rule(9, SINCE, "gives what was sent, in order and unchanged", DataRules::keepsOrderAndBytes);
        rule(10, SINCE, "gives messages whole, or says that it cut them", DataRules::cutsMessages);
        rule(11, SINCE, "moves no more than the limit in a stretch", DataRules::keepsToTheLimit);
        rule(12, SINCE, "says EAGAIN when nothing is there", DataRules::saysThatNothingIsThere);
        rule(13, SINCE, "shows with MSG_PEEK and takes nothing", DataRules::looksWithoutTaking);
        rule(14, SINCE, "gives all that was sent, then the end of the stream", DataRules::endsTheStream);
    }

    private void states() {
        rule(15, SINCE, "tells a pending error once", StateRules::tellsAnErrorOnce);
        rule(16, SINCE, "sends nothing after shutdown", StateRules::sendsNothingAfterShutdown);
        rule(17, SINCE, "reads the end after shutdown", StateRules::readsTheEndAfterShutdown);
        rule(18, SINCE, "says IN exactly when there is something to read", StateRules::saysWhatCanBeRead);
        rule(19, SINCE, "says OUT only when there is room", StateRules::saysWhetherThereIsRoom);
        rule(20, SINCE, "changes nothing in poll", StateRules::changesNothingByLooking);
        rule(21, SINCE, "leaves a socket alone that somebody else owns", StateRules::leavesAnOwnedSocketAlone);
    }

    private void accounts() {
        rule(22, SINCE, "never waits", AccountRules::neverWaits);
        rule(23, SINCE, "charges to the reader what lies in the queue", AccountRules::chargesTheReader);
        rule(24, SINCE, "charges to the sender what was not freed yet", AccountRules::chargesTheSender);
        rule(25, SINCE, "queues no more than the receive buffer holds", AccountRules::keepsToTheReceiveBuffer);
        rule(26, SINCE, "takes no more than the send buffer holds", AccountRules::keepsToTheSendBuffer);
    }

    private void waits() {
        rule(27, SINCE, "wakes who waits to read", WaitRules::wakesReaders);
        rule(28, SINCE, "wakes who waits to write", WaitRules::wakesWriters);
        rule(29, SINCE, "wakes who waits to accept", WaitRules::wakesWhoAccepts);
        rule(30, SINCE, "wakes who waits for a connection", WaitRules::wakesWhoConnects);
        rule(31, SINCE, "says that nobody is there", WaitRules::endsWhereNobodyIs);
    }

    private void listens() {
        rule(32, SINCE, "gives each connection once, the oldest first", ListenRules::givesEachConnectionOnce);
        rule(33, SINCE, "lets no more connections wait than it was asked to", ListenRules::keepsToTheBacklog);
        rule(34, SINCE, "ends connections that nobody took", ListenRules::endsWhatNobodyTook);
    }

    private void odd() {
        rule(35, SINCE, "never throws at an argument", HostileRules::takesAnyArgument);
        rule(36, SINCE, "refuses options and ioctls that it does not have", HostileRules::refusesOptions);
        rule(37, SINCE, "survives when memory is used up", HostileRules::survivesWithoutMemory);
        rule(38, SINCE, "never throws at a packet", HostileRules::takesAnyPacket);
        rule(39, SINCE, "takes time and chance from the stack", StateRules::isRepeatable);
    }
}
