package io.foreshock.chaos;

import io.foreshock.chaos.truth.Lines;
import java.util.List;

/** A place beside Kafka that the job keeps telemetry in, and that can be asked what it holds. */
interface Store extends AutoCloseable {

  /** For people and for JSON. */
  String name();

  /** Options that make the job write to it, each {@code key=value}. */
  List<String> jobOptions();

  /** Rows that readers see now. */
  long count();

  /** All rows that readers see. */
  Lines read();

  @Override
  void close();
}
