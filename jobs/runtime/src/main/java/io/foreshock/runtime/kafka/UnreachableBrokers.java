package io.foreshock.runtime.kafka;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.kafka.security.KafkaRefusal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Says why brokers did not answer, and what to do. */
final class UnreachableBrokers {

  private UnreachableBrokers() {}

  static StartRefused refusal(KafkaConfig config, Throwable cause) {
    Optional<String> refusal =
        new KafkaRefusal(config.bootstrapServers(), config.client(), KafkaRefusal.Words.JOB)
            .explain(cause);
    if (refusal.isPresent()) {
      return new StartRefused(List.of(refusal.get()), cause);
    }
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    boolean silent =
        root instanceof TimeoutException
            || root instanceof org.apache.kafka.common.errors.TimeoutException;
    String what =
        silent
            ? "Kafka does not answer on "
                + config.bootstrapServers()
                + " within "
                + config.checkTimeout().toSeconds()
                + " s."
            : "Kafka on "
                + config.bootstrapServers()
                + " refuses this job: "
                + String.valueOf(root.getMessage()).lines().findFirst().orElse("")
                + ".";
    return new StartRefused(
        List.of(
            what
                + " Check kafka.bootstrap-servers, the network and kafka.client.* (security), then start again."),
        cause);
  }
}
