package io.foreshock.operators.waveform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BearingGeometryTest {

  /** Figures of the Case Western Reserve University bearing data centre for its SKF 6205. */
  @Test
  void givesThePublishedFrequenciesOfABearing6205() {
    BearingGeometry bearing = new BearingGeometry(9, 7.94, 39.04, 0);

    assertThat(bearing.outerRace().order()).isCloseTo(3.5848, within(5e-4));
    assertThat(bearing.innerRace().order()).isCloseTo(5.4152, within(5e-4));
    assertThat(bearing.cage().order()).isCloseTo(0.39828, within(5e-5));
    // Published per contact with either race: twice in a turn of the ball.
    assertThat(2 * bearing.roller().order()).isCloseTo(4.7135, within(1e-3));
  }

  @Test
  void ballsPassBothRacesAsOftenAsThereAreBallsInATurn() {
    BearingGeometry bearing = new BearingGeometry(16, 8.4, 71.5, 15.17);

    assertThat(bearing.outerRace().order() + bearing.innerRace().order())
        .isCloseTo(16, within(1e-12));
    assertThat(bearing.outerRace().order()).isCloseTo(16 * bearing.cage().order(), within(1e-12));
  }

  @Test
  void tellsAllThatIsWrong() {
    assertThatThrownBy(() -> new BearingGeometry(2, 9, 8, 90))
        .hasMessage(
            "rollers must be 3 or more, but are 2. The rollers' diameter must be above 0 and below the pitch"
                + " diameter, but is 9.0 of 8.0. The contact angle must be from 0 to below 90 degrees, but is 90.0.");
  }
}
