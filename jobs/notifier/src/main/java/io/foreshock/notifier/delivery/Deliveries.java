package io.foreshock.notifier.delivery;

import io.foreshock.notifier.channel.AlertmanagerChannel;
import io.foreshock.notifier.channel.Channel;
import io.foreshock.notifier.channel.Page;
import io.foreshock.runtime.kafka.TenantTopic;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** All channels of a notifier: each reads, delivers and commits on threads of its own. */
public final class Deliveries implements AutoCloseable {
  private final Setup setup;
  private final NotifierMetrics metrics;
  private final DeadLetters deadLetters;
  private final Consumer<String> fatal;
  private final List<ChannelConsumer> consumers = new ArrayList<>();
  private final List<OpenAlertsFollower> followers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * What all channels share.
   *
   * @param kafka properties of every Kafka client
   * @param group consumer groups are {@code <group>.<channel>}
   * @param instance name of this notifier in the groups; empty: none
   * @param tenants tenants served; empty: every one
   * @param selection the page as it is for the channel of this name; empty when it is not
   * @param lookBack where a channel begins that has never read
   * @param discovery how often new topics are looked for
   * @param stopTimeout how long a stop waits for what is under way
   */
  public record Setup(
      Properties kafka,
      String group,
      String instance,
      List<String> tenants,
      BiFunction<String, Page, Optional<Page>> selection,
      Duration lookBack,
      Duration discovery,
      Duration stopTimeout,
      Clock clock) {

    private boolean serves(String tenant) {
      return tenants.isEmpty() || tenants.contains(tenant);
    }

    private Properties with(String... more) {
      Properties properties = new Properties();
      properties.putAll(kafka);
      for (int i = 0; i < more.length; i += 2) {
        properties.setProperty(more[i], more[i + 1]);
      }
      return properties;
    }
  }

  /**
   * @param fatal told in a sentence why nothing more can be delivered by some channel
   */
  public Deliveries(Setup setup, NotifierMetrics metrics, Consumer<String> fatal) {
    this.setup = setup;
    this.metrics = metrics;
    this.fatal = fatal;
    // What is not written within two minutes is tried again by hand, with a line in the log.
    Properties producer =
        setup.with("acks", "all", "enable.idempotence", "true", "max.block.ms", "5000");
    this.deadLetters =
        new DeadLetters(
            new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer()),
            metrics,
            setup.clock());
  }

  /** Adds a channel and lets it begin. */
  public void start(ChannelSettings settings, Channel channel) {
    String name = settings.name();
    Dispatcher dispatcher =
        new Dispatcher(settings, channel, deadLetters, metrics, setup.clock(), fatal);
    KafkaConsumer<byte[], byte[]> kafka = consumer(groupOf(name));
    FirstPosition.ensure(kafka, groupOf(name), setup);
    ChannelConsumer consumer =
        new ChannelConsumer(
            settings,
            new ChannelConsumer.Parts(
                kafka,
                page -> setup.selection().apply(name, page),
                dispatcher,
                deadLetters,
                consumers.isEmpty(),
                metrics,
                setup.clock(),
                fatal,
                setup.stopTimeout()));
    if (setup.tenants().isEmpty()) {
      kafka.subscribe(TenantTopic.NOTIFICATIONS.pattern(), consumer.rebalances());
    } else {
      kafka.subscribe(
          setup.tenants().stream().map(TenantTopic.NOTIFICATIONS::of).toList(),
          consumer.rebalances());
    }
    consumers.add(consumer);
    dispatcher.start();
    run("channel-" + name, consumer);
    if (channel instanceof AlertmanagerChannel alertmanager) {
      follow(name, alertmanager);
    }
  }

  private void follow(String name, AlertmanagerChannel channel) {
    OpenAlertsFollower follower =
        new OpenAlertsFollower(
            name,
            channel,
            new KafkaConsumer<>(
                setup.with(
                    "isolation.level", "read_committed",
                    "enable.auto.commit", "false",
                    "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()),
            setup::serves,
            page -> setup.selection().apply(name, page),
            metrics,
            setup.discovery());
    followers.add(follower);
    run("open-" + name, follower);
  }

  private String groupOf(String channel) {
    return setup.group() + '.' + channel;
  }

  private KafkaConsumer<byte[], byte[]> consumer(String group) {
    Properties properties =
        setup.with(
            "group.id", group,
            "isolation.level", "read_committed",
            "enable.auto.commit", "false",
            "auto.offset.reset", "earliest",
            "max.poll.records", "100",
            "metadata.max.age.ms", String.valueOf(setup.discovery().toMillis()),
            // A notifier that is gone leaves its pages to the next after this.
            "session.timeout.ms", "10000",
            "heartbeat.interval.ms", "2000",
            "partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    if (!setup.instance().isEmpty()) {
      properties.setProperty("group.instance.id", setup.instance());
    }
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void run(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** Waits for what is under way, commits what is done, and ends. */
  @Override
  public void close() {
    consumers.forEach(ChannelConsumer::stop);
    followers.forEach(OpenAlertsFollower::stop);
    try {
      long deadline =
          System.nanoTime() + setup.stopTimeout().toNanos() + TimeUnit.SECONDS.toNanos(5);
      for (Thread thread : threads) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        thread.join(Math.max(1, left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deadLetters.close();
  }
}
