package io.foreshock.cli.features;

import io.foreshock.cli.CliFailure;
import io.foreshock.lake.LakeFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine.Option;

/** History as ingest has written it to a lake. */
final class LakeHistory {
  @Option(
      names = "--lake",
      required = true,
      paramLabel = "DIR",
      description =
          "Lake that ingest writes (its lake.path): a folder, or a URI of a file system that Flink has.")
  private String lake;

  @Option(
      names = "--tenant",
      required = true,
      paramLabel = "NAME",
      description = "Tenant whose telemetry is read.")
  private String tenant;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description =
          "First day of event time, UTC, e.g. 2026-01-05; begin as long before the first row you need as windows are"
              + " long. Default: the oldest there is.")
  private LocalDate from;

  @Option(
      names = "--until",
      paramLabel = "DAY",
      description = "First day that is left out. Default: none.")
  private LocalDate until;

  /** The files. */
  List<String> files() {
    URI folder = lake.matches("[a-z][a-z0-9+.-]+:/.*") ? URI.create(lake) : Path.of(lake).toUri();
    try {
      List<String> files = LakeFiles.of(folder, tenant, from, until);
      if (files.isEmpty()) {
        throw CliFailure.wrongInput(
            "There is no telemetry of tenant \"%s\" in %s%s. ingest publishes files after lake.publish-interval and three checkpoints."
                .formatted(tenant, lake, from == null && until == null ? "" : " on these days"));
      }
      return files;
    } catch (IOException e) {
      throw CliFailure.wrongInput("The lake " + lake + " cannot be read: " + e.getMessage());
    }
  }
}
