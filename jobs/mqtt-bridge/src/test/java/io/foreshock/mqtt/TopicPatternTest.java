package io.foreshock.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicPatternTest {

  @Test
  void namesLevelsOfATopic() {
    TopicPattern pattern = TopicPattern.parse("plants/{tenant}/+/{device}/telemetry");

    assertThat(pattern.filter()).isEqualTo("plants/+/+/+/telemetry");
    assertThat(pattern.names()).containsExactly("tenant", "device");
    assertThat(match(pattern, "plants/acme/hall-2/t-17/telemetry"))
        .isEqualTo(Map.of("tenant", "acme", "device", "t-17"));
  }

  @ParameterizedTest
  @CsvSource({
    "a/{device}/c, a/b",
    "a/{device}/c, a/b/c/d",
    "a/{device}/c, a/b/x",
    "{device}/state, $SYS/state",
    "a/b/#, a"
  })
  void doesNotMatchOtherTopics(String pattern, String topic) {
    assertThat(match(TopicPattern.parse(pattern), topic)).isNull();
  }

  @Test
  void theRestMayBeAnyNumberOfLevels() {
    TopicPattern pattern = TopicPattern.parse("a/{device}/#");

    assertThat(pattern.filter()).isEqualTo("a/+/#");
    assertThat(match(pattern, "a/b")).isEqualTo(Map.of("device", "b"));
    assertThat(match(pattern, "a/b/c/d")).isEqualTo(Map.of("device", "b"));
  }

  @ParameterizedTest
  @CsvSource({
    "a/+/c, a/b/+, true",
    "a/+/c, a/b/d, false",
    "a/#, a/b/c, true",
    "a/#, a, true",
    "a/b/#, a, false",
    "#, x/y, true",
    "a/+, a/+/c, false"
  })
  void knowsWhenTwoCanMatchTheSameTopic(String one, String other, boolean overlap) {
    assertThat(TopicPattern.parse(one).overlaps(TopicPattern.parse(other))).isEqualTo(overlap);
    assertThat(TopicPattern.parse(other).overlaps(TopicPattern.parse(one))).isEqualTo(overlap);
  }

  @ParameterizedTest
  @CsvSource({
    "a/x{device}/c, mixes text and wildcard",
    "a/{Device}/c, mixes text and wildcard",
    "a/#/c, not the last level",
    "{a}/{a}, names {a} twice"
  })
  void refusesWhatIsNoPattern(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TopicPattern.parse(text))
        .withMessageContaining(reason);
  }

  private static Map<String, String> match(TopicPattern pattern, String topic) {
    return pattern.match(topic.split("/", -1));
  }
}
