package io.foreshock.backtest.data.cmapss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.Selection;
import io.foreshock.backtest.data.cmapss.CmapssData.Engine;
import io.foreshock.model.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CmapssDataTest {
  @TempDir private Path folder;

  @Test
  void readsEnginesCycleByCycleWithAnHourForEach() throws IOException {
    write("train_FD001", row(1, 1), row(1, 2), row(2, 1));
    write("test_FD001", row(1, 1), row(2, 1), row(2, 2), row(2, 3));
    write("RUL_FD001", "112 ", "7 ", "");

    CmapssData data = CmapssData.read(folder);

    assertThat(data.failed()).extracting(Engine::id).containsExactly("engine-1", "engine-2");
    assertThat(data.cut()).extracting(Engine::after).containsExactly(112, 7);
    Engine last = data.cut().get(1);
    assertThat(last.flights()).hasSize(3);
    assertThat(last.endMillis() - Engine.millis(0)).isEqualTo((2 + 7) * 3_600_000L);
    // Sensor 4 of unit 2, cycle 3 is 2.304 in these files.
    assertThat(last.readings(2))
        .contains(new Measurement("turbofan_t50_r", Engine.millis(2), 2.304))
        .hasSize(14)
        .isSortedAccordingTo((a, b) -> a.channel().compareTo(b.channel()));
  }

  @Test
  void namesFileAndLineOfWhatItCannotRead() throws IOException {
    write("test_FD001", row(1, 1));
    write("RUL_FD001", "112");
    write("train_FD001", row(1, 1), "1 2 3");
    assertRefused("train_FD001.txt, line 2: has 3 values, not 26.");
    write("train_FD001", row(1, 1).replace("1.104", "x"));
    assertRefused("train_FD001.txt, line 1: \"x\" is not a number.");
    write("train_FD001", row(1, 1), row(1, 3));
    assertRefused("cycle 3 of unit 1 is out of order");
    write("train_FD001", row(1, 1));
    write("RUL_FD001", "112", "98");
    assertRefused("RUL_FD001.txt has 2 lines for 1 engines.");
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    assertThatThrownBy(() -> new Cmapss().open(folder, new Selection("1-10", Map.of())))
        .isInstanceOf(BacktestException.class)
        .hasMessageContaining("cmapss is judged as a whole");
    assertThatThrownBy(() -> new Cmapss().open(folder, new Selection("", Map.of("part", "test"))))
        .hasMessageContaining("cmapss has no setting \"part\"");
    assertThatThrownBy(() -> new Cmapss().open(folder, Selection.ALL))
        .hasMessageContaining("holds neither train_FD001.txt nor train_FD001.txt.gz");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> CmapssData.read(folder))
        .isInstanceOf(BacktestException.class)
        .hasMessageContaining(message);
  }

  /** Unit, cycle, three settings, and for each sensor its unit, cycle and number. */
  private static String row(int unit, int cycle) {
    return IntStream.rangeClosed(1, 21)
        .mapToObj(sensor -> "%d.%d%02d".formatted(unit, cycle, sensor))
        .collect(Collectors.joining(" ", unit + " " + cycle + " 0.1 0.2 100.0 ", "  "));
  }

  private void write(String name, String... lines) throws IOException {
    Files.writeString(folder.resolve(name + ".txt"), String.join("\n", lines));
  }
}
