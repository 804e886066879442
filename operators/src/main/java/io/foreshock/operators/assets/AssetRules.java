package io.foreshock.operators.assets;

import io.foreshock.codec.TelemetryRules;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.model.WaveformChannel;
import io.foreshock.proto.asset.v1.AssetDefinition;
import io.foreshock.proto.asset.v1.ChannelMapping;
import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.proto.telemetry.v1.Waveform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the registry says about one asset, ready to be applied to its messages.
 *
 * <p>A message without anything to change is passed on as it is.
 */
public final class AssetRules {
  private final String assetClass;
  private final Map<String, Target> everyDevice = new HashMap<>();
  private final Map<String, Map<String, Target>> byDevice = new HashMap<>();

  /**
   * What a device's channel becomes.
   *
   * @param unit unit that the device measures in; empty when it is that of the channel
   */
  private record Target(String channel, Units.Conversion conversion, String unit) {}

  private AssetRules(String assetClass) {
    this.assetClass = assetClass;
  }

  /**
   * Prepares a definition.
   *
   * @param channels the names and units that come out
   * @param problems receives every reason why the definition cannot be used
   * @return the rules; to be thrown away when there are problems
   */
  public static AssetRules of(
      AssetDefinition asset, ChannelRegistry channels, List<String> problems) {
    AssetRules rules = new AssetRules(asset.getAssetClass());
    for (ChannelMapping mapping : asset.getChannelsList()) {
      String name = mapping.getChannel().isEmpty() ? mapping.getFrom() : mapping.getChannel();
      if (mapping.getFrom().isEmpty()) {
        problems.add("a channel mapping to \"" + name + "\" does not say `from` which channel");
        continue;
      }
      if (!TelemetryRules.isChannel(name)) {
        problems.add(
            "channel \""
                + name
                + "\" must be lower case letters, digits and underscores, begin with a letter and be at most 64 long");
        continue;
      }
      Channel channel = channel(name, channels);
      if (channel == null && !mapping.getUnit().isEmpty()) {
        problems.add(
            "channel \""
                + name
                + "\" is not known, so \""
                + mapping.getUnit()
                + "\" cannot be converted to its unit; add it to the channel files");
        continue;
      }
      try {
        Units.Conversion conversion =
            mapping.getUnit().isEmpty()
                ? Units.Conversion.NONE
                : Units.conversion(mapping.getUnit(), channel.unit());
        Target before =
            rules
                .of(mapping.getDeviceId())
                .put(mapping.getFrom(), new Target(name, conversion, mapping.getUnit()));
        if (before != null) {
          problems.add("channel \"" + mapping.getFrom() + "\" is mapped twice");
        }
      } catch (IllegalArgumentException e) {
        problems.add("channel \"" + mapping.getFrom() + "\": " + e.getMessage());
      }
    }
    return rules;
  }

  private static Channel channel(String name, ChannelRegistry channels) {
    Channel channel = channels.find(name);
    WaveformChannel waveform = channel == null ? channels.findWaveform(name) : null;
    return waveform == null ? channel : waveform.channel();
  }

  private Map<String, Target> of(String device) {
    return device.isEmpty()
        ? everyDevice
        : byDevice.computeIfAbsent(device, name -> new HashMap<>());
  }

  /** Whether they change nothing. */
  boolean areEmpty() {
    return assetClass.isEmpty() && everyDevice.isEmpty() && byDevice.isEmpty();
  }

  /** The message in the registry's names and units, and with a class when it states none. */
  TelemetryMessage apply(TelemetryMessage message) {
    Map<String, Target> ofDevice = byDevice.isEmpty() ? null : byDevice.get(message.getDeviceId());
    boolean fillsClass = message.getAssetClass().isEmpty() && !assetClass.isEmpty();
    List<Measurement> measurements = message.getMeasurementsList();
    List<Measurement> changed = null;
    for (int i = 0; i < measurements.size(); i++) {
      Measurement measurement = measurements.get(i);
      Target target = target(ofDevice, measurement.getChannel());
      if (target != null && changed == null) {
        changed = new ArrayList<>(measurements);
      }
      if (target != null) {
        changed.set(
            i,
            measurement.toBuilder()
                .setChannel(target.channel())
                .setValue(target.conversion().apply(measurement.getValue()))
                .build());
      }
    }
    List<Waveform> waveforms =
        message.getWaveformsCount() == 0 ? null : waveforms(ofDevice, message.getWaveformsList());
    if (changed == null && waveforms == null && !fillsClass) {
      return message;
    }
    TelemetryMessage.Builder result = message.toBuilder();
    if (fillsClass) {
      result.setAssetClass(assetClass);
    }
    if (changed != null) {
      result.clearMeasurements().addAllMeasurements(changed);
    }
    if (waveforms != null) {
      result.clearWaveforms().addAllWaveforms(waveforms);
    }
    return result.build();
  }

  /** Renamed, and with the unit of the registry where they state none; null for no change. */
  private List<Waveform> waveforms(Map<String, Target> ofDevice, List<Waveform> waveforms) {
    List<Waveform> changed = null;
    for (int i = 0; i < waveforms.size(); i++) {
      Waveform waveform = waveforms.get(i);
      Target target = target(ofDevice, waveform.getChannel());
      if (target == null) {
        continue;
      }
      if (changed == null) {
        changed = new ArrayList<>(waveforms);
      }
      String unit = waveform.getUnit().isEmpty() ? target.unit() : waveform.getUnit();
      changed.set(i, waveform.toBuilder().setChannel(target.channel()).setUnit(unit).build());
    }
    return changed;
  }

  /** The batch, with a class when it states none; null when there are channels to be changed. */
  TelemetryBatch apply(TelemetryBatch batch) {
    if (!everyDevice.isEmpty() || !byDevice.isEmpty()) {
      return null;
    }
    if (!batch.asset().assetClass().isEmpty()) {
      return batch;
    }
    return new TelemetryBatch(
        new AssetRef(batch.asset().tenant(), batch.asset().assetId(), assetClass),
        batch.deviceId(),
        batch.bootId(),
        batch.sequence(),
        batch.messageId(),
        batch.appendTimeMillis(),
        batch.backlog(),
        batch.measurements(),
        batch.faultCodes(),
        batch.maintenanceEvents(),
        batch.operatingStateChanges(),
        batch.positions());
  }

  private Target target(Map<String, Target> ofDevice, String channel) {
    Target target = ofDevice == null ? null : ofDevice.get(channel);
    return target != null ? target : everyDevice.get(channel);
  }
}
