package io.foreshock.notifier.delivery;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.notifier.channel.AlertmanagerChannel;
import io.foreshock.notifier.channel.Page;
import io.foreshock.proto.alert.v1.Alert;
import io.foreshock.proto.alert.v1.State;
import io.foreshock.runtime.kafka.TenantTopic;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an Alertmanager told of what is open. Which alerts it was told of stands in the topics of
 * notifications, which it reads from their beginning, and whether an alert is still open in {@code
 * <tenant>.alerts}: a restart, or another notifier that delivered the page, changes nothing.
 *
 * <p>Belongs to no consumer group: each notifier follows everything, and what two of them repeat is
 * the same to Alertmanager.
 */
final class OpenAlertsFollower implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenAlertsFollower.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final String name;
  private final AlertmanagerChannel channel;
  private final Consumer<byte[], byte[]> consumer;
  private final Predicate<String> served;
  private final Function<Page, Optional<Page>> selection;
  private final NotifierMetrics metrics;
  private final Duration discovery;
  private volatile boolean stopping;

  /**
   * @param served whether a tenant is
   * @param selection the page as it is for this channel; empty when it is not
   * @param discovery how often new topics are looked for
   */
  OpenAlertsFollower(
      String name,
      AlertmanagerChannel channel,
      Consumer<byte[], byte[]> consumer,
      Predicate<String> served,
      Function<Page, Optional<Page>> selection,
      NotifierMetrics metrics,
      Duration discovery) {
    this.name = name;
    this.channel = channel;
    this.consumer = consumer;
    this.served = served;
    this.selection = selection;
    this.metrics = metrics;
    this.discovery = discovery;
  }

  void stop() {
    stopping = true;
  }

  @Override
  public void run() {
    Duration pause = Duration.ofSeconds(5);
    try (consumer) {
      while (!stopping) {
        try {
          follow();
        } catch (RuntimeException e) {
          // Pages still go out; what is open is told again when Kafka is back.
          LOG.warn("Channel {} cannot follow what is open: {}", name, e.toString());
          metrics.resent(name, 0, false);
          synchronized (this) {
            wait(pause.toMillis());
          }
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      LOG.debug("Not closed cleanly", e);
    }
  }

  /** From the beginning of everything that is there, and then along with it. */
  private void follow() throws InterruptedException {
    Set<TopicPartition> known = new HashSet<>();
    long nextResend = 0;
    long nextLook = 0;
    boolean began = false;
    while (!stopping) {
      long now = System.nanoTime();
      if (!began || now - nextLook >= 0) {
        Set<TopicPartition> added = partitions();
        added.removeAll(known);
        if (!added.isEmpty()) {
          catchUp(added, known);
          known.addAll(added);
        }
        nextLook = now + discovery.toNanos();
      }
      if (!began || now - nextResend >= 0) {
        Optional<Integer> told = channel.resend();
        metrics.resent(name, told.orElse(0), told.isPresent());
        nextResend = now + channel.interval().toNanos();
      }
      began = true;
      take();
    }
  }

  private Set<TopicPartition> partitions() {
    Set<TopicPartition> found = new HashSet<>();
    consumer
        .listTopics()
        .forEach(
            (topic, infos) -> {
              Optional<TenantTopic> kind =
                  List.of(TenantTopic.NOTIFICATIONS, TenantTopic.ALERTS).stream()
                      .filter(one -> one.matches(topic))
                      .findFirst();
              if (kind.isPresent() && served.test(kind.get().tenantOf(topic))) {
                infos.forEach(info -> found.add(new TopicPartition(topic, info.partition())));
              }
            });
    return found;
  }

  /** Nothing is told as open before all is read that may say that it is not. */
  private void catchUp(Set<TopicPartition> added, Set<TopicPartition> known)
      throws InterruptedException {
    Set<TopicPartition> all = new HashSet<>(known);
    all.addAll(added);
    consumer.assign(all);
    consumer.seekToBeginning(added);
    Map<TopicPartition, Long> ends = consumer.endOffsets(added);
    while (!stopping
        && !ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue())) {
      take();
    }
  }

  private void take() throws InterruptedException {
    if (consumer.assignment().isEmpty()) {
      synchronized (this) {
        wait(POLL.toMillis());
      }
      return;
    }
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      try {
        if (TenantTopic.ALERTS.matches(record.topic())) {
          alert(TenantTopic.ALERTS.tenantOf(record.topic()), record);
        } else {
          String tenant = TenantTopic.NOTIFICATIONS.tenantOf(record.topic());
          selection.apply(PageReader.read(tenant, record.value())).ifPresent(channel::remember);
        }
      } catch (InvalidProtocolBufferException e) {
        // Dead letters are the business of the channels' consumers.
        LOG.debug("Passed over {}", record, e);
      }
    }
  }

  private void alert(String tenant, ConsumerRecord<byte[], byte[]> record)
      throws InvalidProtocolBufferException, InterruptedException {
    if (record.value() == null || record.value().length == 0) {
      if (record.key() != null) {
        String id = new String(record.key(), java.nio.charset.StandardCharsets.UTF_8);
        channel.close(tenant, id, record.timestamp());
      }
      return;
    }
    Alert alert = Alert.parseFrom(record.value());
    if (alert.getState() == State.STATE_RESOLVED || alert.getState() == State.STATE_EXPIRED) {
      channel.close(tenant, alert.getId(), alert.getUpdatedAtEpochMillis());
    }
  }
}
