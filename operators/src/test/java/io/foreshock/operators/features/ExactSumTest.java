package io.foreshock.operators.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSumTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sumIsThatOfDecimalsToTheLastBitInAnyOrder(long seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      List<Double> values = new ArrayList<>();
      BigDecimal expected = BigDecimal.ZERO;
      int count = random.nextInt(40);
      for (int i = 0; i < count; i++) {
        double value = value(random);
        values.add(value);
        expected = expected.add(new BigDecimal(value));
        if (random.nextInt(4) == 0) {
          values.add(-value);
          expected = expected.subtract(new BigDecimal(value));
        }
      }
      ExactSum inOrder = sum(values);
      Collections.shuffle(values, random);
      ExactSum parts = new ExactSum();
      int cut = values.isEmpty() ? 0 : random.nextInt(values.size());
      parts.add(sum(values.subList(0, cut)));
      parts.addFrom(new DataInputDeserializer(bytes(sum(values.subList(cut, values.size())))));
      assertThat(bytes(parts)).as("seed %d", seed).isEqualTo(bytes(inOrder));
      assertThat(parts.value()).isEqualTo(inOrder.value());
      double exact = expected.doubleValue();
      // Half of the last bit would need more than the 128 bits that are looked at.
      assertThat(inOrder.value().value())
          .as("seed %d", seed)
          .isCloseTo(exact, within(Math.ulp(exact)));
    }
  }

  @Test
  void productsAreNotRounded() {
    ExactSum sum = new ExactSum();
    sum.addProduct(0.1, 0.1);
    sum.addProduct(-0.1, 0.1);
    assertThat(sum.value().value()).isZero();
    sum.addProduct(1 + 0x1p-52, 1 + 0x1p-52);
    sum.add(-1 - 0x1p-51);
    assertThat(sum.value().value()).isEqualTo(0x1p-104);
  }

  @Test
  void smallestAndLargestMeet() {
    ExactSum sum = new ExactSum();
    sum.add(Double.MIN_VALUE);
    sum.add(ExactSum.LARGEST);
    sum.add(-ExactSum.LARGEST);
    assertThat(sum.value().value()).isEqualTo(Double.MIN_VALUE);
  }

  @Test
  void readingsOfAChannelTakeFewBytes() throws IOException {
    ExactSum sum = new ExactSum();
    for (int i = 0; i < 1_000_000; i++) {
      sum.add(61.237 + i % 7 * 0.001);
    }
    assertThat(bytes(sum)).hasSizeLessThanOrEqualTo(14);
  }

  private static double value(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextGaussian() * Math.pow(10, random.nextInt(200) - 100);
      case 1 -> Math.round(random.nextDouble() * 100_000) / 1_000.0;
      case 2 -> -random.nextInt(100);
      case 3 -> Double.MIN_VALUE * random.nextInt(10);
      default -> random.nextGaussian();
    };
  }

  private static ExactSum sum(List<Double> values) {
    ExactSum sum = new ExactSum();
    values.forEach(sum::add);
    return sum;
  }

  private static byte[] bytes(ExactSum sum) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    sum.write(out);
    return out.getCopyOfBuffer();
  }
}
