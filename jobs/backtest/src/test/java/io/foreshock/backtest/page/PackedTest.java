package io.foreshock.backtest.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTest {

  @Test
  void countsTimesInTheLargestUnitThatDividesThem() {
    Packed packed = Packed.of(new long[] {7, 3_600_007, 10_800_007}, new double[] {1, 2, 3});

    assertThat(packed.originMillis()).isEqualTo(7);
    assertThat(packed.unitMillis()).isEqualTo(3_600_000);
    assertThat(Base64.getDecoder().decode(packed.times())).containsExactly(0, 1, 2);
  }

  @Test
  void keepsASingleValueAndEqualValues() {
    assertThat(unpack(Packed.of(new long[] {5}, new double[] {-3.5})).values).containsExactly(-3.5);
    assertThat(unpack(Packed.of(new long[] {5, 5}, new double[] {2, 2})).values)
        .containsExactly(2, 2);
  }

  @Test
  void packsNothing() {
    assertThat(Packed.of(new long[0], new double[0])).isEqualTo(new Packed(0, 1, "", 0, 0, ""));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void comesBackWithinAStep(long seed) {
    Random random = new Random(seed);
    int size = 1 + random.nextInt(500);
    long[] times = new long[size];
    double[] values = new double[size];
    long time = random.nextLong() >> 20;
    double scale = Math.pow(10, random.nextInt(600) - 300);
    for (int i = 0; i < size; i++) {
      time += (long) Math.pow(10, random.nextInt(10));
      times[i] = time;
      values[i] = random.nextGaussian() * scale;
    }

    Packed packed = Packed.of(times, values);

    Unpacked unpacked = unpack(packed);
    assertThat(unpacked.times).containsExactly(times);
    double step = (packed.high() / 2 - packed.low() / 2) / Packed.STEPS * 2;
    for (int i = 0; i < size; i++) {
      assertThat(unpacked.values[i]).isCloseTo(values[i], within(step));
    }
  }

  private record Unpacked(long[] times, double[] values) {}

  private static Unpacked unpack(Packed packed) {
    byte[] times = Base64.getDecoder().decode(packed.times());
    byte[] values = Base64.getDecoder().decode(packed.values());
    Unpacked result = new Unpacked(new long[values.length / 2], new double[values.length / 2]);
    long time = packed.originMillis();
    int at = 0;
    for (int i = 0; i < result.times.length; i++) {
      long difference = 0;
      for (int shift = 0; ; shift += 7) {
        byte one = times[at++];
        difference |= (one & 0x7fL) << shift;
        if (one >= 0) {
          break;
        }
      }
      time += difference * packed.unitMillis();
      result.times[i] = time;
      int step = values[2 * i] & 0xff | (values[2 * i + 1] & 0xff) << 8;
      double half = (packed.high() / 2 - packed.low() / 2) / Packed.STEPS;
      result.values[i] = packed.low() + 2 * half * step;
    }
    return result;
  }
}
