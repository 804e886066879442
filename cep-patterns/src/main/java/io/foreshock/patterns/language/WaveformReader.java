package io.foreshock.patterns.language;

import io.foreshock.model.Channel;
import io.foreshock.model.LineFrequency;
import io.foreshock.model.ShaftSpeed;
import io.foreshock.model.WaveformChannel;
import io.foreshock.model.WaveformIndicator;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.operators.documents.YamlNode;
import io.foreshock.operators.waveform.BearingGeometry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads one waveform of a channel file: unit, range, shaft, bearing, gear and indicators. */
final class WaveformReader {
  /** So that a message of 16 waveforms becomes a thousand measurements at most. */
  private static final int MOST_INDICATORS = 64;

  private final Fields fields;
  private final Map<String, LineFrequency> lines = new TreeMap<>();

  private WaveformReader(Fields fields) {
    this.fields = fields;
  }

  /**
   * @param all the waveforms by name
   */
  static WaveformChannel read(String name, Fields all) {
    Fields fields = all.mapping(name);
    if (fields == null) {
      Channel unbounded =
          new Channel(name, "", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "");
      return new WaveformChannel(unbounded, ShaftSpeed.UNKNOWN, List.of());
    }
    WaveformReader reader = new WaveformReader(fields);
    Channel channel = ChannelDocument.plainChannel(name, fields, all);
    ShaftSpeed speed = reader.speed();
    reader.lines.put("shaft", new LineFrequency(0, 1));
    reader.bearing();
    reader.gear();
    List<WaveformIndicator> indicators = reader.indicators(channel, speed);
    fields.noOthers();
    return new WaveformChannel(channel, speed, indicators);
  }

  private ShaftSpeed speed() {
    YamlNode node = fields.node("speed");
    if (node == null) {
      return ShaftSpeed.UNKNOWN;
    }
    if (node instanceof YamlNode.Text) {
      return new ShaftSpeed("", rpm(fields, "speed"));
    }
    Fields parts = fields.mapping("speed");
    if (parts == null) {
      return ShaftSpeed.UNKNOWN;
    }
    String channel = parts.text("channel", "");
    if (channel.isEmpty()) {
      parts.missing("channel", "Name the channel in rpm, or write e.g. \"speed: 1480 rpm\".");
    }
    double otherwise = parts.has("otherwise") ? rpm(parts, "otherwise") : Double.NaN;
    parts.noOthers();
    return new ShaftSpeed(channel, otherwise);
  }

  private static double rpm(Fields fields, String key) {
    return WaveformValues.number(fields, key, "rpm", 0, 1e6, "1480 rpm");
  }

  private void bearing() {
    Fields bearing = fields.mapping("bearing");
    if (bearing == null) {
      return;
    }
    Integer rollers = bearing.whole("rollers", 3, 200);
    double roller = WaveformValues.number(bearing, "rollerDiameter", "mm", 0, 1e4, "7.94 mm");
    double pitch = WaveformValues.number(bearing, "pitchDiameter", "mm", 0, 1e5, "39.04 mm");
    double angle =
        bearing.has("contactAngle")
            ? WaveformValues.number(bearing, "contactAngle", "deg", -1e-9, 90, "15 deg")
            : 0;
    for (String key : List.of("rollers", "rollerDiameter", "pitchDiameter")) {
      if (!bearing.has(key)) {
        bearing.missing(key, "It is on the bearing's data sheet.");
      }
    }
    bearing.noOthers();
    if (rollers == null || Double.isNaN(roller + pitch + angle)) {
      return;
    }
    if (roller >= pitch) {
      bearing.problem("rollerDiameter", "must be less than the pitch diameter.");
      return;
    }
    BearingGeometry geometry = new BearingGeometry(rollers, roller, pitch, angle);
    lines.put("bpfo", geometry.outerRace());
    lines.put("bpfi", geometry.innerRace());
    lines.put("bsf", geometry.roller());
    lines.put("ftf", geometry.cage());
  }

  private void gear() {
    Fields gear = fields.mapping("gear");
    if (gear == null) {
      return;
    }
    Integer teeth = gear.whole("teeth", 3, 10_000);
    Integer otherTeeth = gear.whole("otherTeeth", 3, 10_000);
    if (!gear.has("teeth")) {
      gear.missing("teeth", "Count those of the gear on the shaft whose speed is given.");
    }
    gear.noOthers();
    if (teeth != null) {
      lines.put("gear-mesh", new LineFrequency(0, teeth));
    }
    if (teeth != null && otherTeeth != null) {
      lines.put("other-shaft", new LineFrequency(0, teeth / (double) otherTeeth));
    }
  }

  private List<WaveformIndicator> indicators(Channel waveform, ShaftSpeed speed) {
    Fields all = fields.mapping("indicators");
    List<WaveformIndicator> indicators = new ArrayList<>();
    if (all == null) {
      if (!fields.has("indicators")) {
        fields.missing("indicators", "Say what is computed of a block, e.g. {of: rms}.");
      }
      return indicators;
    }
    if (all.keys().size() > MOST_INDICATORS) {
      fields.problem(
          "indicators",
          "holds " + all.keys().size() + " indicators, but at most " + MOST_INDICATORS + " fit.");
    }
    IndicatorReader reader = new IndicatorReader(waveform, lines);
    for (String name : all.keys()) {
      WaveformIndicator indicator = reader.read(name, all);
      if (indicator == null) {
        continue;
      }
      if (indicator.followsShaft()
          && speed.channel().isEmpty()
          && Double.isNaN(speed.otherwiseRpm())) {
        all.problem(
            name, "follows the shaft, whose speed is not known. Add e.g. \"speed: 1480 rpm\".");
      }
      indicators.add(indicator);
    }
    return indicators;
  }

  /** Frequencies as people write them, e.g. {@code bpfo}, {@code 12.8 x}, {@code 100 Hz}. */
  static String examples(Map<String, LineFrequency> lines) {
    return String.join(", ", lines.keySet())
        + ", a multiple of the shaft's frequency (\""
        + Quantities.text(2)
        + " x\") or a frequency (\"100 Hz\")";
  }
}
