package dev.netstack4j.core.net;

import dev.netstack4j.core.net.device.DeviceNotifiers;
import dev.netstack4j.core.net.device.LinkWatch;
import dev.netstack4j.core.net.failure.HandlerFailures;
import dev.netstack4j.core.net.napi.Backlog;
import dev.netstack4j.core.net.napi.NetRxAction;
import dev.netstack4j.core.net.napi.SteeredBacklog;
import dev.netstack4j.core.net.neighbour.NeighbourServices;
import dev.netstack4j.core.net.netfilter.HookChains;
import dev.netstack4j.core.net.netfilter.HookWalk;
import dev.netstack4j.core.net.offload.GsoCutter;
import dev.netstack4j.core.net.offload.OffloadTable;
import dev.netstack4j.core.net.receive.HandlerRegistry;
import dev.netstack4j.core.net.receive.ReceivePath;
import dev.netstack4j.core.net.receive.VlanUntag;
import dev.netstack4j.core.net.steering.FlowHash;
import dev.netstack4j.core.net.steering.SockFlowTable;
import dev.netstack4j.core.net.steering.Steering;
import dev.netstack4j.core.net.steering.SteeringControl;
import dev.netstack4j.core.net.transmit.DirectTransmit;
import dev.netstack4j.core.net.transmit.NetTxAction;
import dev.netstack4j.core.net.transmit.PacketValidator;
import dev.netstack4j.core.net.transmit.QdiscAttachment;
import dev.netstack4j.core.net.transmit.QdiscKinds;
import dev.netstack4j.core.net.transmit.QdiscServices;
import dev.netstack4j.core.net.transmit.QueueChoice;
import dev.netstack4j.core.net.transmit.TransmitPath;
import dev.netstack4j.core.net.transmit.TransmitTaps;
import java.util.List;

/// The classes of this package and of those below it that are made once per stack, for whoever joins a stack's objects.
public final class NetParts {
    private NetParts() {}

    /// Every such class, what is needed first first. Each has one `@Inject` constructor.
    public static List<Class<?>> classes() {
        return List.of(
                HandlerFailures.class,
                DeviceNotifiers.class,
                LinkWatch.class,
                HandlerRegistry.class,
                VlanUntag.class,
                OffloadTable.class,
                GsoCutter.class,
                ReceivePath.class,
                NetTxAction.class,
                FlowHash.class,
                SockFlowTable.class,
                Steering.class,
                NetRxAction.class,
                Backlog.class,
                SteeredBacklog.class,
                QueueChoice.class,
                PacketValidator.class,
                TransmitTaps.class,
                DirectTransmit.class,
                TransmitPath.class,
                QdiscServices.class,
                QdiscKinds.class,
                QdiscAttachment.class,
                HookChains.class,
                HookWalk.class,
                DeviceSettings.class,
                DeviceActivation.class,
                NetDeviceTable.class,
                LinkControl.class,
                SteeringControl.class,
                PacketTypeTable.class,
                LinkLayerPath.class,
                SentPacketsQueue.class,
                QdiscControl.class,
                NeighbourServices.class,
                NeighbourCaches.class,
                NetfilterHooks.class,
                InetProtocolTable.class,
                LoopbackDevice.class);
    }
}
