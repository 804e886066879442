package io.foreshock.operators.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.operators.detect.DetectorSpec.Statistic;
import org.junit.jupiter.api.Test;

/** Small cases worked out by hand. */
class VectorModelTest {
  private static final double[] STILL = {0, 0};

  private static VectorModel fitted(double independent, double[]... vectors) {
    Covariance covariance = new Covariance(vectors[0].length);
    for (double[] vector : vectors) {
      covariance.add(vector);
    }
    VectorModel model = new VectorModel(vectors[0].length);
    assertThat(model.fit(covariance, independent, new double[vectors[0].length], 0)).isTrue();
    return model;
  }

  @Test
  void distanceOfUncorrelatedChannelsCountsEachInItsOwnDeviation() {
    // Variances 2/3 and 8/3, no correlation: (2, 2) is 4 / (2/3) + 4 / (8/3) = 7.5 away.
    VectorModel model = fitted(4, new double[][] {{1, 0}, {-1, 0}, {0, 2}, {0, -2}});
    model.look(new double[] {2, 2});

    assertThat(model.squared(2, 0, 1)).isCloseTo(7.5, within(1e-12));
    assertThat(model.squared(2, 0, 3)).isCloseTo(2.5, within(1e-12));
    assertThat(model.leading(0, 2, true, 0, 1)).isZero();
  }

  @Test
  void whatBreaksTheCorrelationIsFarOffInQAndNotInT2() {
    // Fully correlated; shrunk by 2 of 18 + 2: eigenvalues 1.9 and 0.1, one is principal.
    VectorModel model = fitted(18, new double[][] {{1, 2}, {-1, -2}, {2, 4}, {-2, -4}});
    double first = Math.sqrt(10 / 3.0);
    model.look(new double[] {first, -2 * first});

    assertThat(model.components()).isEqualTo(2);
    assertThat(model.principal()).isEqualTo(1);
    assertThat(model.eigenvalue(0)).isCloseTo(1.9, within(1e-12));
    assertThat(model.eigenvalue(1)).isCloseTo(0.1, within(1e-12));
    assertThat(model.squared(1, 0, 1)).isCloseTo(0, within(1e-12));
    assertThat(model.residual(0, 1)).isCloseTo(2, within(1e-12));
    assertThat(model.squared(2, 0, 1)).isCloseTo(20, within(1e-9));
    model.look(new double[] {first, 2 * first});
    assertThat(model.squared(1, 0, 1)).isCloseTo(2 / 1.9, within(1e-12));
    assertThat(model.residual(0, 1)).isCloseTo(0, within(1e-12));
  }

  @Test
  void varianceGrowsWithTheAgeOfTheLocation() {
    Covariance covariance = new Covariance(1);
    covariance.add(new double[] {1});
    covariance.add(new double[] {-1});
    VectorModel model = new VectorModel(1);
    // Variance 2; growth 6 / 100 ms in units, 0.03 in variances.
    model.fit(covariance, 2, new double[] {6}, 100);
    model.look(new double[] {2});

    assertThat(model.squared(1, 0, 1)).isCloseTo(2, within(1e-12));
    assertThat(model.squared(1, 100, 1)).isCloseTo(2 / 4.0, within(1e-12));
  }

  @Test
  void aChannelThatNeverMovedIsLeftOut() {
    VectorModel model = fitted(50, new double[][] {{1, 7.7}, {-1, 7.7}, {2, 7.7}, {-2, 7.7}});
    model.look(new double[] {0, 1000});

    assertThat(model.components()).isEqualTo(1);
    assertThat(model.squared(1, 0, 1)).isZero();
  }

  @Test
  void nothingIsFittedWhenNoChannelMoved() {
    Covariance covariance = new Covariance(2);
    covariance.add(STILL);
    covariance.add(STILL);

    assertThat(new VectorModel(2).fit(covariance, 2, STILL, 0)).isFalse();
  }

  /** Worked out with a calculator: h is -0.078, so the sign of its product with z matters. */
  @Test
  void theLimitOfQIsAboveTheMeanWhenOneResidualIsFarAboveTheOthers() {
    double first = 0.94 + 14 * 0.05;
    double second = 0.94 * 0.94 + 14 * 0.05 * 0.05;
    double third = Math.pow(0.94, 3) + 14 * Math.pow(0.05, 3);

    assertThat(VectorLimit.jacksonMudholkar(0.001, first, second, third))
        .isCloseTo(18.0, within(0.1));
  }

  @Test
  void limitsAgreeWithTables() {
    // F(0.95; 2, 18) = 3.5546 (NIST/SEMATECH e-Handbook 1.3.6.7.3).
    assertThat(VectorLimit.hotelling(0.05, 2, 20))
        .isCloseTo(2 * 21 * 19 / (20.0 * 18) * 3.5546, within(1e-3));
    // One residual component of variance 0.1: Wilson and Hilferty's form of chi square, 6.585.
    VectorModel model = fitted(18, new double[][] {{1, 2}, {-1, -2}, {2, 4}, {-2, -4}});
    assertThat(VectorLimit.of(Statistic.Q, 0.01, model)).isCloseTo(0.6585, within(1e-3));
    // No residual, no limit that could be passed.
    assertThat(VectorLimit.of(Statistic.Q, 0.01, fitted(9, new double[][] {{1}, {2}, {4}})))
        .isInfinite();
  }
}
