package io.foreshock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.codec.DeadLetterCodec;
import io.foreshock.local.FlinkRest;
import io.foreshock.model.DeadLetter;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Bad messages among good ones. {@code -Dforeshock.e2e.bad-messages=1000000} runs the long form.
 */
@ExtendWith(WithInstallation.class)
class BadInputITCase {
  private static final String TENANT = "bad";
  private static final String TOPIC = TENANT + ".telemetry.raw";
  private static final int BAD = Integer.getInteger("foreshock.e2e.bad-messages", 18_000);

  /** One in ten more is noise, of which nothing is known but that it must do no harm. */
  private static final int NOISE_EACH = 10;

  @Test
  void badMessagesRestartNothingAndAreADeadLetterOnceEach(Installation installation)
      throws Exception {
    installation.createTopics(TENANT);
    long now = System.currentTimeMillis();
    long seed = System.nanoTime();
    System.out.println("BadInputITCase seed " + seed);
    FlinkRest rest = installation.flink().rest();
    String job =
        installation
            .flink()
            .run(
                Installation.jar(),
                List.of("--parallelism", "2"),
                installation.arguments(
                    TENANT,
                    "patterns=" + Episodes.pattern(installation.folder()),
                    "dead-letters.write=true",
                    "telemetry.max-message-size=" + BadMessages.MAX_SIZE / 1024 + " kb"));
    rest.awaitRunning(job, Duration.ofSeconds(60));

    Episodes episodes = new Episodes(TENANT, 20, 10, now);
    Map<String, BadMessages.Bad> expected = new ConcurrentHashMap<>();
    Set<String> noise = ConcurrentHashMap.newKeySet();
    send(installation, new BadMessages(TENANT, now, seed), episodes, expected, noise);

    Map<String, DeadLetter> letters = new HashMap<>();
    try (CommittedReader deadLetters =
            new CommittedReader(
                installation.kafka().bootstrapServers(), TENANT + ".telemetry.dlq");
        CommittedReader detections =
            new CommittedReader(installation.kafka().bootstrapServers(), TENANT + ".detections")) {
      detections.readUntil(
          "detections among bad messages",
          Duration.ofSeconds(60),
          seen -> lines(seen).size() >= episodes.detections());
      deadLetters.readUntil(
          "dead letters", Duration.ofSeconds(60 + BAD / 5_000), seen -> seen.size() >= BAD);
      assertThat(rest.state(job)).isEqualTo("RUNNING");
      rest.stopWithSavepoint(job, installation.flink().savepoints());
      assertThat(rest.restarts(job)).as("restarts").isZero();

      assertThat(lines(detections.readToTheEnd())).isEqualTo(episodes.expected());
      for (ConsumerRecord<byte[], byte[]> record : deadLetters.readToTheEnd()) {
        DeadLetter letter = letter(record);
        String identity = place(letter) + "#" + letter.index();
        assertThat(letters.put(identity, letter)).as("second letter of " + identity).isNull();
      }
    }

    Set<String> explained = new HashSet<>();
    letters
        .values()
        .forEach(
            letter -> {
              BadMessages.Bad bad = expected.get(place(letter));
              if (bad == null) {
                assertThat(noise).as("a good message became %s", letter).contains(place(letter));
                return;
              }
              assertThat(letter.reason()).as(bad.kind() + ": " + letter).isEqualTo(bad.reason());
              assertThat(letter.detail()).isNotBlank();
              assertThat(explained.add(place(letter))).as("two letters of one message").isTrue();
            });
    assertThat(explained).as("every bad message is a dead letter").hasSameSizeAs(expected.keySet());
  }

  /** Bad, good and noise, mixed; remembers where the broker put them. */
  private static void send(
      Installation installation,
      BadMessages bad,
      Episodes episodes,
      Map<String, BadMessages.Bad> expected,
      Set<String> noise) {
    List<ProducerRecord<byte[], byte[]>> good = episodes.messages();
    int next = 0;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", installation.kafka().bootstrapServers(), "linger.ms", "5"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int number = 0; number < BAD; number++) {
        BadMessages.Bad message = bad.get(number);
        producer.send(
            new ProducerRecord<>(TOPIC, message.value()),
            (at, failed) -> expected.put(place(at.partition(), at.offset()), message));
        if (number % NOISE_EACH == 0) {
          producer.send(
              new ProducerRecord<>(TOPIC, bad.noise(number)),
              (at, failed) -> noise.add(place(at.partition(), at.offset())));
        }
        if (number % (BAD / good.size()) == 0 && next < good.size()) {
          producer.send(good.get(next++));
        }
      }
      good.subList(next, good.size()).forEach(producer::send);
    }
  }

  private static String place(DeadLetter letter) {
    assertThat(letter.source().topic()).isEqualTo(TOPIC);
    return place(letter.source().partition(), letter.source().offset());
  }

  private static String place(int partition, long offset) {
    return partition + "@" + offset;
  }

  private static Set<String> lines(List<ConsumerRecord<byte[], byte[]>> records) {
    Set<String> lines = new TreeSet<>();
    records.forEach(record -> assertThat(lines.add(Episodes.line(record))).isTrue());
    return lines;
  }

  private static DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
    try {
      return DeadLetterCodec.decode(record.value());
    } catch (IOException e) {
      throw new AssertionError("Not a dead letter at offset " + record.offset(), e);
    }
  }
}
