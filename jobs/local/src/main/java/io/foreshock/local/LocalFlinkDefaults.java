package io.foreshock.local;

import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * Configuration of a local cluster: that of the alert path in production, on small memory.
 *
 * <p>The checkpoint interval is left to the job.
 */
final class LocalFlinkDefaults {

  private LocalFlinkDefaults() {}

  static Configuration configuration(Path folder, int restPort, int slots, int taskHeapMegabytes) {
    Configuration all = new Configuration();
    all.setString("jobmanager.rpc.address", "127.0.0.1");
    all.setString("jobmanager.bind-host", "127.0.0.1");
    all.setString("jobmanager.rpc.port", String.valueOf(FreePorts.next()));
    all.setString("taskmanager.host", "127.0.0.1");
    all.setString("taskmanager.bind-host", "127.0.0.1");
    all.setString("rest.address", "127.0.0.1");
    all.setString("rest.bind-address", "127.0.0.1");
    all.setString("rest.port", String.valueOf(restPort));
    all.setString("rest.bind-port", String.valueOf(restPort));
    // The web interface draws what it last fetched; a person looks at it while something happens.
    all.setString("web.refresh-interval", "1s");
    all.setString("metrics.fetcher.update-interval", "500ms");
    all.setString("io.tmp.dirs", folder.resolve("tmp").toString());
    memory(all, slots, taskHeapMegabytes);
    state(all, folder);
    failures(all);
    all.setString("execution.buffer-timeout.interval", "5ms");
    return all;
  }

  private static void memory(Configuration all, int slots, int taskHeapMegabytes) {
    all.setString("jobmanager.memory.heap.size", "400m");
    all.setString("jobmanager.memory.off-heap.size", "64m");
    all.setString("jobmanager.memory.jvm-metaspace.size", "192m");
    all.setString("jobmanager.memory.jvm-overhead.min", "64m");
    all.setString("jobmanager.memory.jvm-overhead.max", "64m");
    all.setString("taskmanager.numberOfTaskSlots", String.valueOf(slots));
    all.setString("taskmanager.memory.framework.heap.size", "64m");
    all.setString("taskmanager.memory.framework.off-heap.size", "64m");
    all.setString("taskmanager.memory.task.heap.size", taskHeapMegabytes + "m");
    all.setString("taskmanager.memory.managed.size", 64 * slots + "m");
    all.setString("taskmanager.memory.network.min", "64m");
    all.setString("taskmanager.memory.network.max", "64m");
    all.setString("taskmanager.memory.jvm-metaspace.size", "256m");
    all.setString("taskmanager.memory.jvm-overhead.min", "64m");
    all.setString("taskmanager.memory.jvm-overhead.max", "64m");
  }

  private static void state(Configuration all, Path folder) {
    all.setString("state.backend.type", "rocksdb");
    all.setString("execution.checkpointing.incremental", "true");
    all.setString("execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString());
    all.setString(
        "execution.checkpointing.savepoint-dir", folder.resolve("savepoints").toUri().toString());
    all.setString("execution.checkpointing.data-inline-threshold", "1mb");
    all.setString("execution.checkpointing.num-retained", "2");
  }

  private static void failures(Configuration all) {
    // Defaults: 19 s of silence and up to 74 restarts after one kill -9.
    all.setString("heartbeat.interval", "1000ms");
    all.setString("heartbeat.timeout", "5000ms");
    all.setString("heartbeat.rpc-failure-threshold", "1");
    all.setString("restart-strategy.type", "exponential-delay");
    all.setString("restart-strategy.exponential-delay.initial-backoff", "100ms");
    all.setString("restart-strategy.exponential-delay.max-backoff", "10s");
    all.setString("restart-strategy.exponential-delay.backoff-multiplier", "2.0");
    all.setString("restart-strategy.exponential-delay.reset-backoff-threshold", "2min");
  }

  /** What lets a second JobManager take over. Times are those of the heartbeats. */
  static Map<String, String> highAvailability(Path folder, String zooKeeper) {
    return Map.of(
        "high-availability.type", "zookeeper",
        "high-availability.storageDir", folder.resolve("ha").toUri().toString(),
        "high-availability.cluster-id", "/local",
        "high-availability.zookeeper.quorum", zooKeeper,
        "high-availability.zookeeper.path.root", "/flink",
        // Default 60 s: as long as nobody would lead after the leader was killed.
        "high-availability.zookeeper.client.session-timeout", "4000ms",
        "high-availability.zookeeper.client.connection-timeout", "3000ms",
        "high-availability.zookeeper.client.retry-wait", "500ms",
        "high-availability.zookeeper.client.tolerate-suspended-connections", "true");
  }
}
