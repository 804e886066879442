package io.foreshock.backtest.history.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.foreshock.backtest.data.InputReport;
import io.foreshock.backtest.data.KnownFailures;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryOfTopicTest {

  @Test
  void tellsWhatBecameOfTheRowsWithFailures() {
    InputReport topic =
        new InputReport(
            List.of("of the topic"), JsonNodeFactory.instance.objectNode().put("bad", 0));
    InputReport files =
        new InputReport(
            List.of("of the files"), JsonNodeFactory.instance.objectNode().put("bad", 2));

    InputReport both =
        TopicRecording.withFailures(topic, new KnownFailures(List.of(), Optional.of(files)));

    assertThat(both.lines())
        .containsExactly("of the topic", "Files with failures:", "  of the files");
    assertThat(both.json().at("/bad").asInt()).isZero();
    assertThat(both.json().at("/failures/bad").asInt()).isEqualTo(2);
    assertThat(TopicRecording.withFailures(topic, KnownFailures.NONE)).isEqualTo(topic);
  }
}
