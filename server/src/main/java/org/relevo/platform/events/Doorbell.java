package org.relevo.platform.events;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.relevo.platform.WorkspaceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Wakes the readers of events on every node: {@code NOTIFY} with the workspace's id, gathered over 20 ms and sent outside
 * the business transaction, so that it never holds one up. A lost ring costs a second, never an event: readers also look
 * by themselves.
 */
@Component
public class Doorbell implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Doorbell.class);
    private static final String CHANNEL = "relevo_events";
    private static final Duration GATHER = Duration.ofMillis(20);
    private static final int LISTEN_MILLIS = 400;

    private final DataSource dataSource;
    private final Set<WorkspaceId> rung = ConcurrentHashMap.newKeySet();
    private final List<Consumer<WorkspaceId>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean running;
    private Thread sender = Thread.ofVirtual().unstarted(() -> {});
    private Thread receiver = Thread.ofVirtual().unstarted(() -> {});

    Doorbell(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Calls {@code listener} whenever a workspace, on whichever node, has new events. It must return quickly. */
    public void listen(Consumer<WorkspaceId> listener) {
        listeners.add(listener);
    }

    void ring(WorkspaceId workspace) {
        rung.add(workspace);
    }

    @Override
    public void start() {
        running = true;
        sender = Thread.ofVirtual().name("doorbell-sender").start(this::send);
        receiver = Thread.ofVirtual().name("doorbell-receiver").start(this::receive);
    }

    @Override
    public void stop() {
        running = false;
        try {
            // not interrupted: that would break the connection under a statement
            sender.join(Duration.ofSeconds(2));
            receiver.join(Duration.ofSeconds(2));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void send() {
        while (running && rest(GATHER)) {
            if (rung.isEmpty()) {
                continue;
            }
            var workspaces = List.copyOf(rung);
            workspaces.forEach(rung::remove);
            try (var connection = dataSource.getConnection();
                    var notify = connection.prepareStatement("select pg_notify('" + CHANNEL + "', ?)")) {
                for (var workspace : workspaces) {
                    notify.setString(1, workspace.toString());
                    notify.execute();
                }
            } catch (SQLException e) {
                LOG.warn("The event doorbell could not be rung; readers look by themselves", e);
            }
        }
    }

    private void receive() {
        while (running) {
            try (var connection = dataSource.getConnection();
                    var listen = connection.createStatement()) {
                listen.execute("listen " + CHANNEL);
                var notifications = connection.unwrap(PGConnection.class);
                while (running) {
                    for (var notification : notifications.getNotifications(LISTEN_MILLIS)) {
                        var workspace = WorkspaceId.of(notification.getParameter());
                        listeners.forEach(listener -> listener.accept(workspace));
                    }
                }
            } catch (SQLException e) {
                if (running) {
                    LOG.warn("The event doorbell is not heard; listening again", e);
                    rest(Duration.ofSeconds(1));
                }
            }
        }
    }

    private static boolean rest(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
