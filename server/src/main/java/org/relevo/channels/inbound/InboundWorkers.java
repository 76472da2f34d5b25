package org.relevo.channels.inbound;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.relevo.access.Workspaces;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Understands what arrived, a few items at a time, on a hint from whoever stored them and every few seconds by itself. */
@Component
public class InboundWorkers implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(InboundWorkers.class);
    private static final int WORKERS = 4;
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final InboundWork work;
    private final Workspaces workspaces;
    private final Set<WorkspaceId> hinted = ConcurrentHashMap.newKeySet();
    private final Semaphore hints = new Semaphore(0);
    private ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean running;

    InboundWorkers(InboundWork work, Workspaces workspaces) {
        this.work = work;
        this.workspaces = workspaces;
    }

    /** Something arrived in {@code workspace}. */
    public void hint(WorkspaceId workspace) {
        hinted.add(workspace);
        hints.release(WORKERS);
    }

    private void loop() {
        while (running) {
            try {
                if (hints.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    hinted.forEach(this::drain);
                } else {
                    workspaces.all().forEach(this::drain);
                }
            } catch (InterruptedException _) {
                return;
            } catch (DataAccessException | TransactionException e) {
                LOG.warn("What arrived is looked at again in a moment", e);
            } catch (RuntimeException
                    | OutOfMemoryError
                    | StackOverflowError e) { // a worker that ends is missed by nobody
                LOG.error("What arrived could not be looked at", e);
                rest();
            }
        }
    }

    private void rest() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain(WorkspaceId workspace) {
        Workspace.run(workspace, () -> {
            while (running && work.takeOne()) {
                // the next one
            }
        });
    }

    @Override
    public void start() {
        running = true;
        threads = Executors.newVirtualThreadPerTaskExecutor();
        for (int worker = 0; worker < WORKERS; worker++) {
            threads.execute(this::loop);
        }
    }

    @Override
    public void stop() {
        running = false;
        hints.release(WORKERS); // whoever waits ends now; whoever works finishes its item first
        threads.shutdown();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
