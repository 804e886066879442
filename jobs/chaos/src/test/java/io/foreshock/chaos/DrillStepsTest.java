package io.foreshock.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrillStepsTest {
  private final List<String> said = new ArrayList<>();
  private final DrillSteps steps = new DrillSteps(said::add);

  @Test
  void nothingIsDoneAfterAFailure() {
    steps.step("first", () -> "seen");
    steps.step(
        "second",
        () -> {
          throw new IOException("no disk");
        });
    steps.step("third", DrillStepsTest::never);
    steps.interruption("fourth", DrillStepsTest::never);
    steps.unnoticed("fifth", DrillStepsTest::never);

    assertThat(steps.withSilence(null))
        .extracting(DrillStep::name, DrillStep::ok, DrillStep::detail)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("first", true, "seen"),
            org.assertj.core.groups.Tuple.tuple("second", false, "no disk"));
    assertThat(said).containsExactly("first", "second", "FAILED: no disk");
  }

  @Test
  void whatIsUnnoticedIsAStepOnlyWhenItFails() {
    steps.unnoticed("let devices send", () -> "");
    assertThat(steps.withSilence(null)).isEmpty();

    steps.unnoticed(
        "let devices send",
        () -> {
          throw new ChaosException("a job has ended", null);
        });
    assertThat(steps.withSilence(null)).singleElement().extracting(DrillStep::ok).isEqualTo(false);
  }

  @Test
  void aStartThatFailsIsThrown() {
    assertThatThrownBy(
            () ->
                steps.start(
                    "start",
                    () -> {
                      throw new IllegalStateException("port taken");
                    }))
        .hasMessage("port taken");
    assertThat(steps.start("start again", () -> 1)).isOne();
    assertThat(steps.withSilence(null)).extracting(DrillStep::name).containsExactly("start again");
  }

  private static String never() {
    throw new AssertionError("done after a failure");
  }
}
