package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import io.foreshock.state.Fields;
import io.foreshock.state.SignalSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;

/**
 * The state value of one asset, for tools that look at savepoints: everything that can be read
 * without the patterns it belongs to.
 *
 * @param clockEventTimeMillis the asset's time up to which signals have changed something
 * @param lagMillis how far the asset was behind the ingest clock then
 * @param timerMillis ingest time of the asset's timer
 * @param assetClass the asset's class
 * @param patterns what is open, pattern by pattern
 */
public record StoredMatches(
    long clockEventTimeMillis,
    long lagMillis,
    long timerMillis,
    String assetClass,
    List<OpenPattern> patterns) {

  /**
   * What is open of one pattern.
   *
   * @param patternId stands for its name; see {@link #id}
   * @param version of the pattern that opened the matches
   * @param shape stages and their order, as a number
   * @param deadlineMillis the asset's time at which the first of them runs out of time
   * @param open number of open matches
   * @param signals what they have taken, each once
   */
  public record OpenPattern(
      long patternId,
      int version,
      int shape,
      long deadlineMillis,
      int open,
      List<Signal> signals) {}

  /** What stands for a pattern in state: the first 8 bytes of SHA-256 of its name. */
  public static long id(String pattern) {
    return PatternRuntime.id(pattern);
  }

  /**
   * Reads a value of the state {@code open-matches}.
   *
   * @throws IOException when another release wrote it, or it is damaged
   */
  public static StoredMatches read(byte[] bytes) throws IOException {
    AssetValue value = new AssetValue();
    StoredValue stored = new StoredValue();
    stored.set(bytes);
    value.read(stored);
    List<OpenPattern> patterns = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      AssetValue.Section section = value.get(i);
      patterns.add(
          new OpenPattern(
              section.patternId,
              section.version,
              section.shape,
              section.deadline,
              section.open,
              signals(bytes, section, value.assetClass)));
    }
    return new StoredMatches(value.clock, value.lag, value.timer, value.assetClass, patterns);
  }

  private static List<Signal> signals(byte[] bytes, AssetValue.Section section, String assetClass)
      throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes, section.offset, section.length);
    // The key of the state names the asset.
    AssetRef asset = new AssetRef("-", "-", assetClass);
    List<Signal> signals = new ArrayList<>();
    for (int i = Fields.readVarInt(in); i > 0; i--) {
      // Time at which it was matched, as distance from the one before.
      Packed.readSigned(in);
      int end = Fields.readVarInt(in) + in.getPosition();
      TakenSignals.checkFormat(in.readUnsignedByte());
      signals.add(SignalSerializer.readBody(asset, in));
      in.skipBytesToRead(end - in.getPosition());
    }
    return signals;
  }
}
