package org.relevo.platform.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import org.relevo.platform.database.DataFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Work that must not be lost: stored by db-scheduler in the same transaction as the business rows that ask for it, done
 * by any node. A handler that throws is called again, ever more slowly, up to once an hour.
 */
@Service
public class Jobs implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final Scheduler scheduler;
    private final JdbcClient jdbc;
    private final String node;
    private volatile boolean running;

    Jobs(DataSource dataSource, JdbcClient jdbc, DataFolder folder, ObjectProvider<JobHandler> handlers) {
        this.jdbc = jdbc;
        this.node = folder.node();
        List<Task<?>> tasks = handlers.stream().<Task<?>>map(Jobs::task).toList();
        scheduler = Scheduler.create(new TransactionAwareDataSourceProxy(dataSource), tasks)
                .tableName("platform.scheduled_tasks")
                .serializer(new WorkspaceAsData())
                .schedulerName(new SchedulerName.Fixed(node))
                .heartbeatInterval(HEARTBEAT)
                .threads(6)
                .pollingInterval(LOOK)
                .enableImmediateExecution()
                .shutdownMaxWait(Duration.ofSeconds(10))
                .build();
    }

    /** Asks, in the running transaction, for the job of {@code kind} about {@code subject} at {@code at}; once is enough. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void schedule(String kind, UUID subject, Instant at) {
        var instance = new TaskInstance<>(
                kind, subject.toString(), Workspace.required().toString());
        if (!scheduler.scheduleIfNotExists(instance, at)) {
            again(instance, at);
        }
    }

    /** A job that is running now decides by itself when it runs again. */
    private void again(TaskInstance<String> instance, Instant at) {
        try {
            scheduler.reschedule(instance, at);
        } catch (TaskInstanceCurrentlyExecutingException e) {
            LOG.debug("A job is running already [kind={}]", instance.getTaskName(), e);
        }
    }

    private static Task<String> task(JobHandler handler) {
        return Tasks.custom(handler.kind(), String.class).onFailure(slower()).execute((instance, context) -> {
            var workspace = WorkspaceId.of(instance.getData());
            var again = Workspace.call(workspace, () -> handler.run(UUID.fromString(instance.getId())));
            return (done, operations) ->
                    again.ifPresentOrElse(at -> operations.reschedule(done, at), operations::remove);
        });
    }

    private static FailureHandler<String> slower() {
        return (done, operations) -> {
            var failures = Math.min(done.getExecution().consecutiveFailures, 12);
            var pause = Duration.ofSeconds(1L << failures);
            var at = done.getTimeDone().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
            operations.reschedule(done, at);
        };
    }

    @Override
    public void start() {
        release();
        scheduler.start();
        running = true;
    }

    /** What this node was doing when it died need not wait until the others miss its heartbeat: nobody is doing it. */
    private void release() {
        jdbc.sql("""
                update platform.scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null
                where picked and picked_by = :node
                """).param("node", node).update();
    }

    @Override
    public void stop() {
        running = false;
        scheduler.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
