package io.foreshock.codec;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.model.NearMiss;
import io.foreshock.model.Signal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Ids that are a function of what caused a detection, so that a repeat, a replay and another
 * parallelism give the same id.
 *
 * <p>An id is the first 16 bytes of SHA-256, in hexadecimal, over: the asset's key, the pattern's
 * name, its version, the number of stages, and for each stage its name, the number of its signals,
 * and for each signal its kind (number on the wire), name, channel, event time (milliseconds) and
 * value. Text is written as its length in bytes (32 bits) and UTF-8, whole numbers as 32 bits,
 * times as 64 bits, values as IEEE 754 double, all big-endian; every NaN is {@code
 * 0x7ff8000000000000} and minus zero is zero. The asset's class, limits, scores and the backlog
 * mark are left out: they may differ between two runs over the same readings.
 */
public final class DetectionIds {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private DetectionIds() {}

  /** The id of a match: 32 hexadecimal digits. */
  public static String of(
      AssetRef asset, String pattern, int patternVersion, List<StageEvidence> evidence) {
    return canonical(asset, pattern, patternVersion, evidence).id();
  }

  /**
   * The id of a match that did not complete: as above, and then the reason (number on the wire) and
   * the time at which it ended.
   */
  public static String ofNearMiss(
      AssetRef asset,
      String pattern,
      int patternVersion,
      List<StageEvidence> evidence,
      NearMiss.Reason reason,
      long endedAtMillis) {
    Canonical canonical = canonical(asset, pattern, patternVersion, evidence);
    canonical.number(reason.ordinal() + 1);
    canonical.time(endedAtMillis);
    return canonical.id();
  }

  private static Canonical canonical(
      AssetRef asset, String pattern, int patternVersion, List<StageEvidence> evidence) {
    Canonical canonical = new Canonical();
    canonical.text(asset.key());
    canonical.text(pattern);
    canonical.number(patternVersion);
    canonical.number(evidence.size());
    for (StageEvidence stage : evidence) {
      canonical.text(stage.stage());
      canonical.number(stage.signals().size());
      for (Signal signal : stage.signals()) {
        canonical.number(signal.kind().ordinal() + 1);
        canonical.text(signal.name());
        canonical.text(signal.channel());
        canonical.time(signal.eventTimeMillis());
        canonical.value(signal.value());
      }
    }
    return canonical;
  }

  /** Gathers what is hashed, and hashes it at once. */
  private static final class Canonical {
    /** To look one up takes longer than to hash. */
    private static final ThreadLocal<MessageDigest> DIGEST =
        ThreadLocal.withInitial(
            () -> {
              try {
                return MessageDigest.getInstance("SHA-256");
              } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java runtime has SHA-256", e);
              }
            });

    private byte[] bytes = new byte[512];
    private int length;

    String id() {
      MessageDigest digest = DIGEST.get();
      digest.reset();
      digest.update(bytes, 0, length);
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    void text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      number(utf8.length);
      room(utf8.length);
      System.arraycopy(utf8, 0, bytes, length, utf8.length);
      length += utf8.length;
    }

    void number(int number) {
      room(Integer.BYTES);
      INT.set(bytes, length, number);
      length += Integer.BYTES;
    }

    void time(long epochMillis) {
      room(Long.BYTES);
      LONG.set(bytes, length, epochMillis);
      length += Long.BYTES;
    }

    void value(double value) {
      time(Double.doubleToLongBits(value == 0 ? 0.0 : value));
    }

    private void room(int more) {
      if (length + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
      }
    }
  }
}
