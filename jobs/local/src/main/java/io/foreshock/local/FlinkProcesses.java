package io.foreshock.local;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * Flags and arguments of Flink's processes: what the scripts of a distribution ask {@code
 * BashJavaUtils} for.
 */
final class FlinkProcesses {
  static final String JOB_MANAGER =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  static final String TASK_MANAGER = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
  static final String CLIENT = "org.apache.flink.client.cli.CliFrontend";

  /** As {@code env.java.opts.all} of a distribution's {@code config.yaml}, for Java 17. */
  private static final List<String> OPENED =
      List.of(
          "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
          "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.text=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED");

  private FlinkProcesses() {}

  static List<String> jobManagerFlags(Configuration configuration) {
    JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(configuration);
    List<String> flags =
        words(JobManagerProcessUtils.generateJvmParametersStr(memory, configuration));
    flags.add("-XX:+UseSerialGC");
    flags.add("-XX:TieredStopAtLevel=1");
    flags.addAll(OPENED);
    return flags;
  }

  static List<String> jobManagerArguments(Configuration configuration) {
    JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(configuration);
    return words(JobManagerProcessUtils.generateDynamicConfigsStr(memory));
  }

  static List<String> taskManagerFlags(Configuration configuration) {
    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    List<String> flags = words(ProcessMemoryUtils.generateJvmParametersStr(memory));
    flags.add("-XX:+UseParallelGC");
    flags.addAll(OPENED);
    return flags;
  }

  static List<String> taskManagerArguments(Configuration configuration) {
    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    return words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory));
  }

  static List<String> clientFlags() {
    List<String> flags = new ArrayList<>();
    flags.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    flags.addAll(OPENED);
    return flags;
  }

  private static List<String> words(String line) {
    return new ArrayList<>(List.of(line.trim().split("\\s+")));
  }
}
