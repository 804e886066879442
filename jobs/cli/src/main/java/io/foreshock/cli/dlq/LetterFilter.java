package io.foreshock.cli.dlq;

import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Moment;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.runtime.kafka.TenantTopic;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which dead letters are meant; a mixin of the commands about many. */
final class LetterFilter {
  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      description = "Only these tenants' letters. Default: every tenant.")
  private List<String> tenants = List.of();

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only these reasons: ${COMPLETION-CANDIDATES}.")
  private List<DeadLetter.Reason> reasons = List.of();

  @Option(names = "--device", paramLabel = "ID", description = "Only letters of these devices.")
  private List<String> devices = List.of();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = Moment.class,
      description =
          "Only records appended at this time or later: 2026-11-20T08:00:00Z, or 90m, 2d ago.")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = Moment.class,
      description = "Only records appended before this time.")
  private Instant to;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "Only records that were read from this topic.")
  private String topic;

  @Option(names = "--partition", paramLabel = "N", description = "Only records of this partition.")
  private Integer partition;

  @Option(names = "--offset", paramLabel = "N", description = "Only records of this offset.")
  private Long offset;

  private Set<DeadLetter.Reason> wanted;

  /** Tenants named; empty for every tenant. */
  List<String> tenants() {
    for (String tenant : tenants) {
      if (!TenantTopic.isTenant(tenant)) {
        throw CliFailure.wrongInput(
            "--tenant must be lower case letters, digits and dashes, but is \"" + tenant + "\".");
      }
    }
    return tenants;
  }

  /** Whether anything narrows down what is meant. */
  boolean isGiven() {
    return !tenants.isEmpty()
        || !reasons.isEmpty()
        || !devices.isEmpty()
        || from != null
        || to != null
        || topic != null
        || partition != null
        || offset != null;
  }

  boolean accepts(DeadLetter letter) {
    if (wanted == null) {
      wanted = reasons.isEmpty() ? EnumSet.allOf(DeadLetter.Reason.class) : EnumSet.copyOf(reasons);
    }
    RawRecord source = letter.source();
    return wanted.contains(letter.reason())
        && (devices.isEmpty() || devices.contains(letter.deviceId()))
        && (from == null || source.appendTimeMillis() >= from.toEpochMilli())
        && (to == null || source.appendTimeMillis() < to.toEpochMilli())
        && (topic == null || source.topic().equals(topic))
        && (partition == null || source.partition() == partition)
        && (offset == null || source.offset() == offset);
  }
}
