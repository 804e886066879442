package io.foreshock.mqtt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells a repeat from a new message: the first 128 bits of the SHA-256 of topic and payload. A
 * broker that delivers again delivers the same bytes.
 */
record Fingerprint(long high, long low) {

  static Fingerprint of(String topic, byte[] payload) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(topic.getBytes(StandardCharsets.UTF_8));
      // No topic holds a zero byte, so that no two pairs run into each other.
      digest.update((byte) 0);
      ByteBuffer hash = ByteBuffer.wrap(digest.digest(payload));
      return new Fingerprint(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** As a message id: 32 hexadecimal digits. */
  String text() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }

  /** As a number, not negative. */
  long number() {
    return high & Long.MAX_VALUE;
  }
}
