package io.foreshock.backtest.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AssetHoursTest {

  @Test
  void beginsWithTheEarliestHourWhateverTheOrder() {
    AssetHours hours = new AssetHours(Judged.at(5.5));
    assertThat(hours.startMillis()).isEqualTo(Judged.at(5));

    hours.add("a", Judged.at(7));
    hours.add("a", Judged.at(2.5));
    assertThat(hours.startMillis()).isEqualTo(Judged.at(2));

    hours.addAll("b", Judged.at(1), Judged.at(9));
    assertThat(hours.startMillis()).isEqualTo(Judged.at(1));
  }
}
