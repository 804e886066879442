package io.foreshock.mqtt;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.foreshock.codec.DeadLetterCodec;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.runtime.kafka.TenantTopic;
import io.foreshock.runtime.service.OccasionalLog;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages in order, one at a time, hands what comes of them to Kafka in that order, and
 * acknowledges a message when Kafka has all of it. (The MQTT client holds acknowledgements back
 * until those before have gone out.)
 *
 * <p>When Kafka is slow or away, the thread waits here, the broker sees no acknowledgements and
 * stops sending at the receive maximum: nothing piles up anywhere else.
 */
final class Forwarder implements Consumer<Mqtt5Publish> {
  private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);

  private final MessageMapper mapper;
  private final Producer<byte[], byte[]> producer;
  private final InFlight inFlight;
  private final BridgeMetrics metrics;
  private final Executor worker;
  private final Consumer<String> fatal;
  private final OccasionalLog occasional = new OccasionalLog(LOG, System::nanoTime);
  private volatile boolean stopping;

  /**
   * @param worker the one thread that calls {@link #accept}
   * @param fatal told in a sentence why nothing more can be forwarded
   */
  Forwarder(
      MessageMapper mapper,
      Producer<byte[], byte[]> producer,
      InFlight inFlight,
      BridgeMetrics metrics,
      Executor worker,
      Consumer<String> fatal) {
    this.mapper = mapper;
    this.producer = producer;
    this.inFlight = inFlight;
    this.metrics = metrics;
    this.worker = worker;
    this.fatal = fatal;
  }

  /** From now on nothing is taken and nothing acknowledged that is not already on its way. */
  void stop() {
    stopping = true;
  }

  /** Never throws: the client would take that for the end and acknowledge what follows. */
  @Override
  public void accept(Mqtt5Publish publish) {
    if (stopping) {
      return;
    }
    inFlight.begin();
    metrics.received(publish.getQos().getCode());
    try {
      Mapped mapped =
          mapper.map(
              publish.getTopic().toString(),
              publish.getPayloadAsBytes(),
              System.currentTimeMillis());
      if (mapped.ignored() != null) {
        ignore(mapped, publish);
      } else {
        forward(mapped, new Settlement(publish, mapped));
      }
    } catch (RuntimeException | Error e) {
      giveUp(publish, e);
    }
  }

  /** The message is never acknowledged, so nothing after it is either: the bridge must end. */
  private void giveUp(Mqtt5Publish publish, Throwable why) {
    inFlight.end();
    fail("A message on topic " + publish.getTopic() + " cannot be processed: " + why);
    LOG.debug("Cannot be processed", why);
  }

  private void ignore(Mapped mapped, Mqtt5Publish publish) {
    metrics.ignored(mapped.ignored());
    switch (mapped.ignored()) {
      case NO_ROUTE ->
          occasional.warn(
              "no-route",
              "No route is about topic \""
                  + publish.getTopic()
                  + "\": dropped. It comes from a subscription of an earlier configuration, which"
                  + " the broker keeps for this mqtt.client-id.");
      case UNKNOWN_TENANT ->
          occasional.warn(
              "unknown-tenant " + mapped.route(),
              "Topic \""
                  + publish.getTopic()
                  + "\" names a tenant that routes."
                  + mapped.route()
                  + ".tenants does not allow: dropped.");
      case EMPTY -> LOG.debug("Empty message on {}", publish.getTopic());
    }
    acknowledge(publish);
    inFlight.end();
  }

  private void forward(Mapped mapped, Settlement settlement) {
    if (mapped.telemetry() != null) {
      String topic = TenantTopic.RAW.of(mapped.tenant());
      send(
          new ProducerRecord<>(topic, mapped.key(), mapped.telemetry()),
          settlement,
          this::telemetryTooLarge);
    }
    for (DeadLetter letter : mapped.letters()) {
      send(letter, settlement);
    }
  }

  private void send(DeadLetter letter, Settlement settlement) {
    occasional.warn(
        "dead-letter " + letter.source().tenant() + letter.reason(),
        "Dead letter of tenant "
            + letter.source().tenant()
            + ": "
            + letter.reason()
            + ' '
            + letter.source().topic()
            + ' '
            + letter.channel()
            + ": "
            + letter.detail());
    send(
        new ProducerRecord<>(
            TenantTopic.DEAD_LETTERS.of(letter.source().tenant()),
            letter.source().key(),
            DeadLetterCodec.encode(letter)),
        settlement,
        null);
  }

  /** What becomes of telemetry that Kafka finds too large. */
  @FunctionalInterface
  private interface TooLarge {
    void refused(Settlement settlement, byte[] value, String detail);
  }

  private void telemetryTooLarge(Settlement settlement, byte[] value, String detail) {
    settlement.telemetryRefused = true;
    Mapped mapped = settlement.mapped;
    String topic = Incoming.TOPIC_PREFIX + settlement.publish.getTopic();
    long number =
        Fingerprint.of(
                settlement.publish.getTopic().toString(), settlement.publish.getPayloadAsBytes())
            .number();
    RawRecord source =
        new RawRecord(
            mapped.tenant(),
            topic,
            0,
            number,
            System.currentTimeMillis(),
            mapped.key(),
            settlement.publish.getPayloadAsBytes());
    DeadLetter letter =
        new DeadLetter(
            source, DeadLetter.WHOLE_RECORD, DeadLetter.Reason.OVERSIZED, detail, "", "");
    settlement.refused = letter;
    // Kafka's own thread must never wait for Kafka.
    worker.execute(
        () -> {
          try {
            send(letter, settlement);
          } catch (RuntimeException | Error e) {
            giveUp(settlement.publish, e);
          }
        });
  }

  /** Returns when Kafka's client has taken the record, or the bridge stops. */
  private void send(
      ProducerRecord<byte[], byte[]> record, Settlement settlement, TooLarge tooLarge) {
    Thread caller = Thread.currentThread();
    while (!stopping) {
      Attempt attempt = new Attempt(caller, record, settlement, tooLarge);
      try {
        producer.send(record, attempt);
      } catch (IllegalStateException closed) {
        // The producer was closed by a stop; the broker sends the message again.
        return;
      }
      attempt.returned = true;
      if (!attempt.tryAgain) {
        return;
      }
      metrics.kafkaWait();
      occasional.warn(
          "kafka " + record.topic(),
          "Kafka does not take records for "
              + record.topic()
              + ", messages wait at the MQTT broker: "
              + attempt.reason);
    }
  }

  /** One attempt to hand over a record. */
  private final class Attempt implements Callback {
    private final Thread caller;
    private final ProducerRecord<byte[], byte[]> record;
    private final Settlement settlement;
    private final TooLarge tooLarge;
    private boolean returned;
    private boolean tryAgain;
    private String reason;

    Attempt(
        Thread caller,
        ProducerRecord<byte[], byte[]> record,
        Settlement settlement,
        TooLarge tooLarge) {
      this.caller = caller;
      this.record = record;
      this.settlement = settlement;
      this.tooLarge = tooLarge;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, Exception failure) {
      if (failure == null) {
        settlement.oneDone();
      } else if (failure instanceof RetriableException
          && Thread.currentThread() == caller
          && !returned) {
        // Not taken: no connection to ask where the topic is, or no room. Order is kept, because
        // this thread tries again before anything else.
        tryAgain = true;
        reason = failure.getMessage();
      } else if (failure instanceof RecordTooLargeException && tooLarge != null) {
        refused(failure.getMessage());
      } else {
        fail("Kafka refuses a record for " + record.topic() + ": " + failure.getMessage());
      }
    }

    /** Kafka's client only logs what a callback throws, so nothing may leave it. */
    private void refused(String detail) {
      try {
        tooLarge.refused(settlement, record.value(), detail);
      } catch (RuntimeException | Error e) {
        // Also when the worker has ended with the bridge; then the broker sends the message again.
        giveUp(settlement.publish, e);
      }
    }
  }

  /** Counts what is still missing of a message; the last one acknowledges it. */
  private final class Settlement {
    private final Mqtt5Publish publish;
    private final Mapped mapped;
    private final AtomicInteger missing;
    private final long beginNanos = System.nanoTime();
    private volatile boolean telemetryRefused;
    private volatile DeadLetter refused;

    Settlement(Mqtt5Publish publish, Mapped mapped) {
      this.publish = publish;
      this.mapped = mapped;
      this.missing =
          new AtomicInteger(mapped.letters().size() + (mapped.telemetry() == null ? 0 : 1));
    }

    void oneDone() {
      if (missing.decrementAndGet() > 0) {
        return;
      }
      if (mapped.telemetry() != null && !telemetryRefused) {
        metrics.forwarded(mapped.tenant());
      }
      List<DeadLetter> letters = mapped.letters();
      for (DeadLetter letter : letters) {
        metrics.deadLetter(mapped.tenant(), letter.reason());
      }
      if (refused != null) {
        metrics.deadLetter(mapped.tenant(), refused.reason());
      }
      metrics.settled((System.nanoTime() - beginNanos) / 1e9);
      acknowledge(publish);
      inFlight.end();
    }
  }

  private void acknowledge(Mqtt5Publish publish) {
    try {
      publish.acknowledge();
    } catch (IllegalStateException e) {
      LOG.warn("The MQTT client does not take an acknowledgement: {}", e.getMessage());
    }
  }

  private void fail(String reason) {
    if (!stopping) {
      fatal.accept(reason);
    }
  }
}
