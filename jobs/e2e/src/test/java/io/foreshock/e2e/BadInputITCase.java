package io.foreshock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.codec.DeadLetterCodec;
import io.foreshock.local.FlinkRest;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.Detection;
import io.foreshock.model.RawRecord;
import java.io.IOException;
import java.time.Duration;
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
    Map<String, Expected> expected = new ConcurrentHashMap<>();
    Set<String> noise = ConcurrentHashMap.newKeySet();
    send(installation, new BadMessages(TENANT, now, seed), episodes, expected, noise);

    Set<String> letters = new HashSet<>();
    Set<String> lettersOfBad = new HashSet<>();
    try (CommittedReader<Detection> detections =
            new CommittedReader<>(
                installation.kafka().bootstrapServers(),
                TENANT + ".detections",
                Episodes::detection);
        CommittedReader<String> deadLetters =
            new CommittedReader<>(
                installation.kafka().bootstrapServers(),
                TENANT + ".telemetry.dlq",
                record -> {
                  DeadLetter letter = letter(record);
                  String identity = identity(place(letter), letter.index());
                  assertThat(letters.add(identity)).as("twice: " + letter).isTrue();
                  if (isOfBad(letter, expected, noise)) {
                    lettersOfBad.add(identity);
                  }
                  return identity;
                })) {
      detections.readUntil(
          "detections among bad messages",
          Duration.ofSeconds(60 + BAD / 2_000),
          seen -> lines(seen).size() >= episodes.detections());
      deadLetters.readUntil(
          "dead letters", Duration.ofSeconds(60 + BAD / 2_000), seen -> lettersOfBad.size() >= BAD);
      assertThat(rest.state(job)).isEqualTo("RUNNING");
      rest.stopWithSavepoint(job, installation.flink().savepoints());
      assertThat(rest.restarts(job)).as("restarts").isZero();

      assertThat(lines(detections.readToTheEnd())).isEqualTo(episodes.expected());
      deadLetters.readToTheEnd();
      Set<String> wanted = new HashSet<>();
      expected.forEach((place, bad) -> wanted.add(identity(place, bad.index())));
      assertThat(wanted).as("bad messages that the broker took").hasSize(BAD);
      assertThat(lettersOfBad)
          .as("each bad message is one dead letter, at its place")
          .isEqualTo(wanted);
    }
  }

  /** What a bad message must become. */
  private record Expected(String kind, DeadLetter.Reason reason, int index) {}

  /** Checks a letter; true when it belongs to a bad message, false when it belongs to noise. */
  private static boolean isOfBad(
      DeadLetter letter, Map<String, Expected> expected, Set<String> noise) {
    assertThat(letter.detail()).isNotBlank();
    Expected bad = expected.get(place(letter));
    if (bad == null) {
      assertThat(noise).as("a good message became %s", letter).contains(place(letter));
      return false;
    }
    assertThat(letter.reason()).as(bad.kind() + ": " + letter).isEqualTo(bad.reason());
    return true;
  }

  /** Bad, good and noise, mixed; remembers where the broker put them. */
  private static void send(
      Installation installation,
      BadMessages bad,
      Episodes episodes,
      Map<String, Expected> expected,
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
        Expected letter = new Expected(message.kind(), message.reason(), message.index());
        producer.send(
            new ProducerRecord<>(TOPIC, message.value()),
            (at, failed) -> expected.put(place(at.topic(), at.partition(), at.offset()), letter));
        if (number % NOISE_EACH == 0) {
          producer.send(
              new ProducerRecord<>(TOPIC, bad.noise(number)),
              (at, failed) -> noise.add(place(at.topic(), at.partition(), at.offset())));
        }
        if (number % (BAD / good.size()) == 0 && next < good.size()) {
          producer.send(good.get(next++));
        }
      }
      good.subList(next, good.size()).forEach(producer::send);
    }
  }

  private static String place(DeadLetter letter) {
    RawRecord source = letter.source();
    return place(source.topic(), source.partition(), source.offset());
  }

  private static String place(String topic, int partition, long offset) {
    return topic + "/" + partition + "@" + offset;
  }

  private static String identity(String place, int index) {
    return place + "#" + index;
  }

  private static Set<String> lines(List<Detection> detections) {
    Set<String> lines = new TreeSet<>();
    detections.forEach(detection -> assertThat(lines.add(Episodes.line(detection))).isTrue());
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
