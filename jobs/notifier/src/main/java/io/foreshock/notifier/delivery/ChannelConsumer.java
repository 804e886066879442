package io.foreshock.notifier.delivery;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.notifier.channel.Page;
import io.foreshock.runtime.kafka.TenantTopic;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every tenant's notifications for one channel, in a consumer group of the channel's own, so
 * that what this channel has not delivered holds up no other. Offsets are committed for what is
 * delivered or a dead letter, and for nothing else: after a crash the rest comes again.
 */
final class ChannelConsumer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelConsumer.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final ChannelSettings settings;
  private final Consumer<byte[], byte[]> consumer;
  private final Function<Page, Optional<Page>> selection;
  private final Dispatcher dispatcher;
  private final DeadLetters deadLetters;
  private final boolean catchesAll;
  private final NotifierMetrics metrics;
  private final Clock clock;
  private final java.util.function.Consumer<String> fatal;
  private final Duration stopTimeout;

  private final Map<TopicPartition, OffsetTracker> trackers = new HashMap<>();
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private final StalePages stale;
  private long nextCommitNanos = System.nanoTime();
  private volatile boolean stopping;

  /**
   * What a consumer works with.
   *
   * @param selection the page as it is for this channel; empty when it is not
   * @param catchesAll whether records that are no pages become dead letters here; one channel does
   * @param fatal told in a sentence why the channel cannot go on
   */
  record Parts(
      Consumer<byte[], byte[]> consumer,
      Function<Page, Optional<Page>> selection,
      Dispatcher dispatcher,
      DeadLetters deadLetters,
      boolean catchesAll,
      NotifierMetrics metrics,
      Clock clock,
      java.util.function.Consumer<String> fatal,
      Duration stopTimeout) {}

  ChannelConsumer(ChannelSettings settings, Parts parts) {
    this.settings = settings;
    this.consumer = parts.consumer();
    this.selection = parts.selection();
    this.dispatcher = parts.dispatcher();
    this.deadLetters = parts.deadLetters();
    this.catchesAll = parts.catchesAll();
    this.metrics = parts.metrics();
    this.clock = parts.clock();
    this.fatal = parts.fatal();
    this.stopTimeout = parts.stopTimeout();
    this.stale = new StalePages(settings.name());
  }

  /** Called from any thread. */
  void stop() {
    stopping = true;
  }

  @Override
  public void run() {
    try {
      while (!stopping) {
        step();
      }
    } catch (KafkaException e) {
      fatal.accept("Channel " + settings.name() + " cannot read from Kafka: " + e.getMessage());
      LOG.debug("Cannot read", e);
    } catch (RuntimeException | Error e) {
      fatal.accept("Channel " + settings.name() + ": " + e);
      LOG.error("Channel {} fails", settings.name(), e);
    } finally {
      end();
    }
  }

  /** One poll and what follows from it. */
  private void step() {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      take(record);
    }
    if (records.isEmpty() && !stale.isEmpty()) {
      stale.take(clock.millis()).forEach(dispatcher::submit);
    }
    holdBack();
    if (System.nanoTime() - nextCommitNanos >= 0) {
      commit(trackers);
      report();
      nextCommitNanos = System.nanoTime() + settings.commitInterval().toNanos();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    OffsetTracker tracker = trackers.get(new TopicPartition(record.topic(), record.partition()));
    String tenant = TenantTopic.NOTIFICATIONS.tenantOf(record.topic());
    Delivery.Source source =
        new Delivery.Source(
            record.topic(),
            record.partition(),
            record.offset(),
            record.key(),
            record.value(),
            tracker);
    Page page;
    try {
      page = PageReader.read(tenant, record.value());
    } catch (InvalidProtocolBufferException e) {
      if (catchesAll) {
        tracker.begin(record.offset(), record.timestamp());
        deadLetters.write(
            tenant, settings.name(), source, "The record is no page: " + e.getMessage(), 0);
      }
      return;
    }
    Optional<Page> mine = selection.apply(page);
    if (mine.isEmpty()) {
      return;
    }
    if (!dispatcher.says(mine.get())) {
      metrics.skipped(settings.name());
      return;
    }
    tracker.begin(record.offset(), page.createdMillis());
    Delivery delivery = new Delivery(mine.get(), List.of(source));
    if (settings.staleMode() == ChannelSettings.StaleMode.SUMMARISE
        && !page.ends()
        && settings.isStale(page, clock.millis())) {
      stale.add(delivery);
    } else {
      dispatcher.submit(delivery);
    }
  }

  /** Partitions with much that waits are not read on; it stays in Kafka, and others go on. */
  private void holdBack() {
    List<TopicPartition> full = new ArrayList<>();
    List<TopicPartition> free = new ArrayList<>();
    trackers.forEach(
        (partition, tracker) -> {
          int pending = tracker.pending();
          if (pending >= settings.mostPending()) {
            full.add(partition);
          } else if (pending <= settings.mostPending() / 2) {
            free.add(partition);
          }
        });
    consumer.pause(full);
    consumer.resume(free);
  }

  /** What is done is written down; a failure only means that more comes again after a crash. */
  private void commit(Map<TopicPartition, OffsetTracker> some) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    try {
      some.forEach(
          (partition, tracker) -> {
            // Asks the broker where nothing was read yet, which may fail as a commit may.
            long offset = tracker.committable(consumer.position(partition));
            if (committed.getOrDefault(partition, -1L) != offset) {
              offsets.put(partition, new OffsetAndMetadata(offset));
            }
          });
      if (offsets.isEmpty()) {
        return;
      }
      consumer.commitSync(offsets, Duration.ofSeconds(5));
      offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    } catch (KafkaException e) {
      metrics.commitFailed(settings.name());
      LOG.warn("Channel {} could not commit, tried again: {}", settings.name(), e.getMessage());
    }
  }

  private void report() {
    int pending = 0;
    long oldest = Long.MAX_VALUE;
    for (OffsetTracker tracker : trackers.values()) {
      pending += tracker.pending();
      oldest = Math.min(oldest, tracker.oldestMillis());
    }
    metrics.waiting(
        settings.name(),
        pending,
        oldest == Long.MAX_VALUE ? 0 : Math.max(0, (clock.millis() - oldest) / 1e3));
  }

  private void end() {
    try {
      dispatcher.drain(stopTimeout);
      commit(trackers);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      LOG.warn("Channel {} could not commit at its end: {}", settings.name(), e.getMessage());
    } finally {
      dispatcher.close();
      try {
        consumer.close(
            org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(3)));
      } catch (KafkaException e) {
        LOG.debug("Not closed cleanly", e);
      }
    }
  }

  /** What follows when the group gives partitions to this notifier or to another. */
  ConsumerRebalanceListener rebalances() {
    return new ConsumerRebalanceListener() {
      @Override
      public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> trackers.put(partition, new OffsetTracker()));
      }

      @Override
      public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetTracker> revoked = new HashMap<>();
        partitions.forEach(partition -> revoked.put(partition, trackers.get(partition)));
        commit(revoked);
        forget(partitions);
      }

      @Override
      public void onPartitionsLost(Collection<TopicPartition> partitions) {
        forget(partitions);
      }
    };
  }

  private void forget(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      OffsetTracker tracker = trackers.remove(partition);
      committed.remove(partition);
      if (tracker != null) {
        tracker.close();
      }
    }
  }
}
