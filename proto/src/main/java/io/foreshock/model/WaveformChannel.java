package io.foreshock.model;

import java.io.Serializable;
import java.util.List;

/**
 * A quantity that sensors record in blocks of many samples, and what becomes of a block.
 *
 * @param channel name, unit and range of the samples
 * @param speed how fast the shaft turns
 * @param indicators what is computed of each block, each on its own channel
 */
public record WaveformChannel(Channel channel, ShaftSpeed speed, List<WaveformIndicator> indicators)
    implements Serializable {

  public WaveformChannel {
    indicators = List.copyOf(indicators);
  }

  /** Name with the unit as suffix. */
  public String name() {
    return channel.name();
  }
}
