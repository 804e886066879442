package io.foreshock.model;

import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The channels that are known, by name. A channel that is not known is passed on unchecked. */
public final class ChannelRegistry implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final ChannelRegistry EMPTY = new ChannelRegistry(List.of());

  private final Map<String, Channel> byName = new HashMap<>();

  public ChannelRegistry(Collection<Channel> channels) {
    for (Channel channel : channels) {
      if (byName.put(channel.name(), channel) != null) {
        throw new IllegalArgumentException("Channel \"" + channel.name() + "\" is defined twice.");
      }
    }
  }

  /** The channel, or null when it is not known. */
  public Channel find(String name) {
    return byName.get(name);
  }

  /** All channels by name, in alphabetical order. */
  public Map<String, Channel> channels() {
    return Collections.unmodifiableMap(new TreeMap<>(byName));
  }
}
