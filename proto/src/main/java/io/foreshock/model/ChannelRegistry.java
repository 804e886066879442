package io.foreshock.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The channels that are known, by name, and the waveforms. A channel that is not known is passed on
 * unchecked; a waveform that is not known is refused, because nobody said what to compute of it.
 */
public final class ChannelRegistry implements Serializable {
  private static final long serialVersionUID = 2L;

  public static final ChannelRegistry EMPTY = new ChannelRegistry(List.of());

  private final Map<String, Channel> declared = new HashMap<>();
  private final Map<String, Channel> byName = new HashMap<>();
  private final Map<String, WaveformChannel> waveforms = new HashMap<>();

  public ChannelRegistry(Collection<Channel> channels) {
    this(channels, List.of());
  }

  /**
   * The channels with those of the waveforms' indicators, where they are not among them.
   *
   * @throws IllegalArgumentException when two things of one name differ, naming all of them
   */
  public ChannelRegistry(Collection<Channel> channels, Collection<WaveformChannel> waveforms) {
    List<String> problems = new ArrayList<>();
    for (Channel channel : channels) {
      if (declared.put(channel.name(), channel) != null) {
        problems.add("Channel \"" + channel.name() + "\" is defined twice.");
      }
    }
    byName.putAll(declared);
    for (WaveformChannel waveform : waveforms) {
      if (this.waveforms.put(waveform.name(), waveform) != null) {
        problems.add("Waveform \"" + waveform.name() + "\" is defined twice.");
      }
      for (WaveformIndicator indicator : waveform.indicators()) {
        addIndicator(indicator.channel(), waveform.name(), problems);
      }
    }
    for (WaveformChannel waveform : this.waveforms.values()) {
      Channel speed = byName.get(waveform.speed().channel());
      if (speed != null && !speed.unit().equals("rpm")) {
        problems.add(
            "Waveform \""
                + waveform.name()
                + "\" takes the shaft's speed from channel \""
                + speed.name()
                + "\", which is in \""
                + speed.unit()
                + "\", not in rpm.");
      }
    }
    for (String name : this.waveforms.keySet()) {
      if (byName.containsKey(name)) {
        problems.add("\"" + name + "\" is both a channel and a waveform. Rename one of them.");
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(" ", problems));
    }
  }

  /** Indicators of several waveforms may go to one channel, and to one that is declared. */
  private void addIndicator(Channel channel, String waveform, List<String> problems) {
    Channel known = byName.putIfAbsent(channel.name(), channel);
    if (known != null && !known.unit().equals(channel.unit())) {
      problems.add(
          "Waveform \""
              + waveform
              + "\" computes channel \""
              + channel.name()
              + "\" in \""
              + channel.unit()
              + "\", but that channel is in \""
              + known.unit()
              + "\". Give the indicator another name.");
    }
  }

  /** The channel, or null when it is not known. */
  public Channel find(String name) {
    return byName.get(name);
  }

  /** The waveform, or null when it is not known. */
  public WaveformChannel findWaveform(String name) {
    return waveforms.get(name);
  }

  /** All channels by name, in alphabetical order, with those that waveforms become. */
  public Map<String, Channel> channels() {
    return Collections.unmodifiableMap(new TreeMap<>(byName));
  }

  /** All waveforms by name, in alphabetical order. */
  public Map<String, WaveformChannel> waveforms() {
    return Collections.unmodifiableMap(new TreeMap<>(waveforms));
  }

  /** This registry with what another one declares; what both declare is as in the other one. */
  public ChannelRegistry with(ChannelRegistry other) {
    Map<String, Channel> channels = new TreeMap<>(declared);
    channels.putAll(other.declared);
    Map<String, WaveformChannel> both = new TreeMap<>(waveforms);
    both.putAll(other.waveforms);
    return new ChannelRegistry(channels.values(), both.values());
  }
}
