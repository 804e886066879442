package io.foreshock.cli.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BraillePlotTest {

  @Test
  void drawsARiseFromTheLowerLeftToTheUpperRight() {
    BraillePlot plot = new BraillePlot(4, 2, 0, 800);
    for (int i = 0; i < 8; i++) {
      plot.add(i * 100, 10 + i);
    }
    assertThat(plot.lines()).containsExactly("17.0 │⠀⠀⡠⠊", "10.0 │⡠⠊⠀⠀");
    assertThat(plot.columnOf(0)).isZero();
    assertThat(plot.columnOf(799)).isEqualTo(3);
    assertThat(plot.columnOf(100_000)).isEqualTo(3);
  }

  @Test
  void drawsMeansAndLeavesGapsEmpty() {
    BraillePlot plot = new BraillePlot(3, 1, 0, 600);
    plot.add(0, 0);
    plot.add(50, 2);
    plot.add(500, 3);
    plot.add(-1, 99);
    plot.add(700, 99);
    plot.add(550, Double.NaN);
    assertThat(plot.lines()).containsExactly("3.00 │⡀⠀⠈");
  }

  @Test
  void aConstantIsALineInTheMiddle() {
    BraillePlot plot = new BraillePlot(2, 1, 0, 400);
    for (int i = 0; i < 4; i++) {
      plot.add(i * 100, -5);
    }
    assertThat(plot.lines()).containsExactly("-5.00 │⠒⠒");
    assertThat(new BraillePlot(2, 1, 0, 400).isEmpty()).isTrue();
  }
}
