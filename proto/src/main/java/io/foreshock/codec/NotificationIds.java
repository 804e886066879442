package io.foreshock.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids that are a function of what caused a message to people, so that a replay gives the same id
 * and a receiver drops the repeat: the first 16 bytes of SHA-256, in hexadecimal, over the parts,
 * each as its length in bytes (32 bits, big-endian) and UTF-8.
 */
public final class NotificationIds {

  private NotificationIds() {}

  /** The id of what these parts caused: 32 hexadecimal digits. */
  public static String of(String... parts) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(4).putInt(0, bytes.length).array());
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }
}
