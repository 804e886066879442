package io.foreshock.chaos;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.chaos.truth.Lines;
import io.foreshock.chaos.truth.Truth;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One kind of topic that a job writes for each tenant.
 *
 * @param name for people and for JSON, e.g. {@code detections}
 * @param suffix of the topic's name, behind the tenant
 * @param expected what must be found there
 * @param reader makes a line of a record
 */
record Output(String name, String suffix, Function<Truth.Expected, Lines> expected, Reader reader) {

  /** Reads a record; null for one that is not compared. */
  @FunctionalInterface
  interface Reader {
    Found read(ConsumerRecord<byte[], byte[]> record) throws InvalidProtocolBufferException;
  }

  /**
   * A record that came out.
   *
   * @param tenant tenant as the record's content says
   * @param device device concerned
   * @param line see {@link Lines}
   * @param eventTimeMillis event time of the newest item of a live record; -1 when it tells nothing
   *     about when the record was sent
   */
  record Found(String tenant, String device, String line, long eventTimeMillis) {}

  String topic(String tenant) {
    return tenant + suffix;
  }
}
