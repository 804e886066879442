package io.foreshock.operators.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequencerTest {

  /** The outlet fails the test when anything is kept or asked for. */
  @Test
  void touchesNoPendingStateForDevicesInOrder() {
    AssetCursors asset = new AssetCursors();
    long now = ArrivalScript.START;
    for (String boot : new String[] {"a", "b", "c", "d", "e", "f"}) {
      for (int number = 0; number < 50; number++) {
        for (String device : new String[] {"", "x:", "y:"}) {
          var batch = ArrivalScript.message(device + boot + number, now += 100);

          assertThat(Sequencers.accept(asset, batch)).containsExactly(batch);
        }
      }
    }
    assertThat(asset.devices).hasSize(3);
    assertThat(asset.devices.get(0).previous).hasSize(5);
    assertThat(asset.pending).isZero();
    assertThat(asset.devices.get(0).deadline(OrderRules.DEFAULT)).isEqualTo(Long.MAX_VALUE);
  }
}
