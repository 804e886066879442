package io.foreshock.patterns.language;

import io.foreshock.codec.TelemetryRules;
import io.foreshock.model.Channel;
import io.foreshock.model.LineFrequency;
import io.foreshock.model.WaveformIndicator;
import io.foreshock.model.WaveformIndicator.Kind;
import io.foreshock.operators.documents.Fields;
import java.util.Map;

/** Reads one indicator of a waveform. */
final class IndicatorReader {
  /** Slip of a rolling bearing moves its lines by 1 to 2 % (Randall and Antoni 2011). */
  private static final double DEFAULT_TOLERANCE = 0.01;

  private final Channel waveform;
  private final Map<String, LineFrequency> lines;

  IndicatorReader(Channel waveform, Map<String, LineFrequency> lines) {
    this.waveform = waveform;
    this.lines = lines;
  }

  /** The indicator; null when it is so wrong that there is none, which has been reported. */
  WaveformIndicator read(String name, Fields all) {
    Fields fields = all.mapping(name);
    if (fields == null) {
      return null;
    }
    Kind kind = fields.word("of", null, Kind.values(), Fields::kebab);
    if (kind == null) {
      if (!fields.has("of")) {
        fields.missing("of", "Say what is computed, e.g. \"of: rms\".");
      }
      return null;
    }
    if (!name.matches("[a-z][a-z0-9_]{0,63}")) {
      all.problem(name, "must be in snake case with its unit at the end, at most 64 long.");
    }
    double from = takesBand(kind) ? WaveformValues.hertz(fields, "from", 0) : 0;
    double to =
        takesBand(kind)
            ? WaveformValues.hertz(fields, "to", Double.POSITIVE_INFINITY)
            : Double.POSITIVE_INFINITY;
    checkBand(kind, from, to, fields);
    LineFrequency line = takesLine(kind) ? WaveformValues.line(fields, "at", lines) : null;
    if (takesLine(kind) && !fields.has("at")) {
      fields.missing("at", "Say where: " + WaveformReader.examples(lines) + ".");
    }
    int harmonics = takesLine(kind) ? whole(fields, "harmonics", 20, 1) : 1;
    double tolerance = DEFAULT_TOLERANCE;
    if (takesLine(kind) && fields.has("tolerance")) {
      tolerance = WaveformValues.number(fields, "tolerance", "%", -1e-9, 20, "2 %") / 100;
    }
    LineFrequency spacing =
        takesSideBands(kind) ? WaveformValues.line(fields, "spacing", lines) : null;
    if (takesSideBands(kind) && !fields.has("spacing")) {
      fields.missing("spacing", "Say how far apart they lie, e.g. \"spacing: shaft\".");
    }
    int sideBands = takesSideBands(kind) ? whole(fields, "sideBands", 10, 3) : 0;
    String description =
        fields.text("description", Fields.kebab(kind) + " of " + waveform.description());
    fields.noOthers();
    return new WaveformIndicator(
        new Channel(name, unit(kind, fields), 0, largest(kind), description),
        kind,
        from,
        to,
        line,
        harmonics,
        spacing,
        sideBands,
        tolerance);
  }

  private void checkBand(Kind kind, double from, double to, Fields fields) {
    if (from >= to) {
      fields.problem("from", "must be less than \"to\".");
    }
    if (needsBand(kind) && (!fields.has("from") || !fields.has("to"))) {
      fields.missing(
          fields.has("from") ? "to" : "from", "Name the band, e.g. \"from: 2 kHz, to: 8 kHz\".");
    }
  }

  private static int whole(Fields fields, String key, int most, int whenAbsent) {
    Integer value = fields.whole(key, 1, most);
    return value == null ? whenAbsent : value;
  }

  private String unit(Kind kind, Fields fields) {
    if (kind == Kind.VELOCITY_RMS && !waveform.unit().equals("g")) {
      fields.problem(
          "of",
          "is a velocity, which is integrated from an acceleration in g, but "
              + waveform.name()
              + " is in \""
              + waveform.unit()
              + "\".");
    }
    return switch (kind) {
      case RMS, PEAK, LINE, SIDE_BANDS, ENVELOPE_RMS, ENVELOPE_LINE -> waveform.unit();
      case CREST_FACTOR, KURTOSIS, BAND_SHARE, SIDE_BAND_RATIO, MODULATION -> "";
      case VELOCITY_RMS -> "mm/s";
    };
  }

  /** Largest value that samples within their range can give. */
  private double largest(Kind kind) {
    double largest = Math.max(waveform.maximum(), -waveform.minimum());
    return switch (kind) {
      case RMS, PEAK, LINE, SIDE_BANDS, ENVELOPE_RMS, ENVELOPE_LINE -> 4 * largest;
      case VELOCITY_RMS -> 1e6;
      case CREST_FACTOR -> Math.sqrt(TelemetryRules.MOST_SAMPLES);
      case KURTOSIS -> TelemetryRules.MOST_SAMPLES;
      case BAND_SHARE -> 1;
      case SIDE_BAND_RATIO -> 1e6;
      case MODULATION -> 100;
    };
  }

  private static boolean takesBand(Kind kind) {
    return kind == Kind.RMS || needsBand(kind);
  }

  private static boolean needsBand(Kind kind) {
    return switch (kind) {
      case BAND_SHARE, VELOCITY_RMS, ENVELOPE_RMS, ENVELOPE_LINE, MODULATION -> true;
      default -> false;
    };
  }

  private static boolean takesLine(Kind kind) {
    return switch (kind) {
      case LINE, SIDE_BANDS, SIDE_BAND_RATIO, ENVELOPE_LINE, MODULATION -> true;
      default -> false;
    };
  }

  private static boolean takesSideBands(Kind kind) {
    return kind == Kind.SIDE_BANDS || kind == Kind.SIDE_BAND_RATIO;
  }
}
