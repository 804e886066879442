package io.foreshock.runtime.kafka;

/** How a value becomes a Kafka record, when values go to topics of several kinds. */
public interface RoutedForm<T> extends RecordForm<T> {

  /** Kind of topic that the record goes to; one of those that the sink was made for. */
  TenantTopic topic(T value);
}
