package io.foreshock.manifests;

import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;

/**
 * Rung 2: every key of {@code flinkConfiguration} is one that Flink or the operator knows, every
 * value can be read, and the memory of the processes adds up, computed by Flink itself.
 */
final class OptionLint {
  /** Keys that end with a name of somebody's choice, or belong to a plugin. */
  private static final Pattern OPEN =
      Pattern.compile(
          "(metrics|traces|events)\\.reporter\\.[^.]+\\..+|(s3|s3a|fs|containerized|env|kubernetes\\.operator\\.plugins)\\..*");

  private final KnownOptions known;

  OptionLint(KnownOptions known) {
    this.known = known;
  }

  void check(Resource deployment, Findings findings) {
    FieldPath at = FieldPath.of("spec", "flinkConfiguration");
    Configuration configuration = new Configuration();
    for (Map.Entry<String, String> entry : deployment.flinkConfiguration().entrySet()) {
      String key = entry.getKey();
      configuration.setString(key, entry.getValue());
      ConfigOption<?> option = known.find(key);
      if (option == null && !OPEN.matcher(key).matches()) {
        String near = Nearest.to(key, known.all().keySet());
        findings.add(
            2,
            deployment,
            at.child(key),
            "Flink 2.2 and the operator know no such option.",
            near.isEmpty() ? "Remove it." : "Did you mean \"" + near + "\"?");
      } else if (option != null) {
        readValue(deployment, configuration, option, at.child(key), entry.getValue(), findings);
        if (!option.key().equals(key)
            && !deployment.flinkConfiguration().containsKey(option.key())) {
          findings.add(
              2,
              deployment,
              at.child(key),
              "is a former name of \"" + option.key() + "\".",
              "Use \"" + option.key() + "\".");
        }
      }
      reporterClass(deployment, at.child(key), key, entry.getValue(), findings);
    }
    memory(deployment, configuration, findings);
  }

  private static void readValue(
      Resource deployment,
      Configuration configuration,
      ConfigOption<?> option,
      FieldPath field,
      String value,
      Findings findings) {
    try {
      configuration.getOptional(option);
    } catch (IllegalArgumentException | IllegalConfigurationException unreadable) {
      findings.add(
          2,
          deployment,
          field,
          "must be readable as " + typeOf(option) + ", but is \"" + value + "\".",
          "Correct the value, with its unit.");
    }
  }

  private static String typeOf(ConfigOption<?> option) {
    Object standard = option.defaultValue();
    return standard == null
        ? "the type of this option"
        : standard.getClass().isEnum()
            ? "one of " + java.util.Arrays.toString(standard.getClass().getEnumConstants())
            : standard.getClass().getSimpleName();
  }

  private void reporterClass(
      Resource deployment, FieldPath field, String key, String value, Findings findings) {
    if (key.matches("(metrics|traces|events)\\.reporter\\.[^.]+\\.factory\\.class")
        && value.startsWith("org.apache.flink.metrics.prometheus.")) {
      try {
        Class.forName(value, false, OptionLint.class.getClassLoader());
      } catch (ClassNotFoundException | LinkageError absent) {
        findings.add(
            2,
            deployment,
            field,
            "Flink has no class " + value + ".",
            "Use org.apache.flink.metrics.prometheus.PrometheusReporterFactory.");
      }
    }
  }

  private static void memory(Resource deployment, Configuration configuration, Findings findings) {
    process(
        deployment,
        "jobManager",
        configuration,
        JobManagerOptions.TOTAL_PROCESS_MEMORY,
        JobManagerProcessUtils::processSpecFromConfig,
        findings);
    process(
        deployment,
        "taskManager",
        configuration,
        TaskManagerOptions.TOTAL_PROCESS_MEMORY,
        TaskExecutorProcessUtils::processSpecFromConfig,
        findings);
  }

  private static void process(
      Resource deployment,
      String role,
      Configuration configuration,
      ConfigOption<MemorySize> option,
      java.util.function.Consumer<Configuration> model,
      Findings findings) {
    FieldPath field = FieldPath.of("spec", role, "resource", "memory");
    String text = field.in(deployment.body()).asText("");
    if (text.isEmpty()) {
      findings.add(
          2,
          deployment,
          field,
          "is not given: the operator's default decides how much memory the process has.",
          "Set it, e.g. 2048m.");
      return;
    }
    Configuration copy = new Configuration(configuration);
    try {
      copy.set(
          option,
          MemorySize.parse(
              text.replaceFirst("([KMG])i$", "$1").toLowerCase(java.util.Locale.ROOT)));
    } catch (IllegalArgumentException unreadable) {
      findings.add(
          2,
          deployment,
          field,
          "must be a size of memory, but is \"" + text + "\".",
          "Use e.g. 2048m.");
      return;
    }
    try {
      model.accept(copy);
    } catch (IllegalConfigurationException tooSmall) {
      findings.add(
          2,
          deployment,
          field,
          "is \"" + text + "\", and Flink cannot divide it: " + firstSentence(tooSmall) + ".",
          "Give more memory, or smaller parts of it in flinkConfiguration.");
    }
  }

  private static String firstSentence(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    int end = message.indexOf(". ");
    return end < 0 ? message.replaceFirst("\\.$", "") : message.substring(0, end);
  }
}
