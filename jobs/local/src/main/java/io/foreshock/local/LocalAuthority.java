package io.foreshock.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An authority that signs certificates for tests, valid for this machine ({@code localhost},
 * 127.0.0.1) and one day; PEM files, elliptic curve P-256. Its key is in memory only.
 */
public final class LocalAuthority {
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";

  private final Path folder;
  private final String name;
  private final KeyPair keys = newKeys();

  /** A certificate and its key, each in a file of its own. */
  public record Identity(String name, Path certificate, Path key) {}

  /**
   * @param folder where files go; created when absent
   * @param name also the name of the file {@code <name>.crt}
   */
  public LocalAuthority(Path folder, String name) {
    this.folder = folder.toAbsolutePath();
    this.name = name;
    byte[] constraints = Der.octets(Der.sequence(Der.yes()));
    write(
        certificateFile(),
        "CERTIFICATE",
        certificate(
            name,
            keys.getPublic(),
            Der.sequence(Der.oid(BASIC_CONSTRAINTS), Der.yes(), constraints)));
  }

  /** The authority's own certificate, for those who shall trust it. */
  public Path certificateFile() {
    return folder.resolve(name + ".crt");
  }

  /**
   * Issues a certificate for a server or a client; writes {@code <name>.crt}, {@code <name>.key}.
   *
   * @param hostNames names of the server beside {@code localhost} and 127.0.0.1
   */
  public Identity issue(String commonName, String... hostNames) {
    KeyPair own = newKeys();
    List<byte[]> names = new ArrayList<>();
    names.add(Der.tagged(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)));
    names.add(Der.tagged(0x87, new byte[] {127, 0, 0, 1}));
    for (String hostName : hostNames) {
      names.add(Der.tagged(0x82, hostName.getBytes(StandardCharsets.US_ASCII)));
    }
    byte[] alternatives = Der.sequence(names.toArray(new byte[0][]));
    Identity identity =
        new Identity(
            commonName, folder.resolve(commonName + ".crt"), folder.resolve(commonName + ".key"));
    write(
        identity.certificate(),
        "CERTIFICATE",
        certificate(
            commonName,
            own.getPublic(),
            Der.sequence(Der.oid(ALTERNATIVE_NAMES), Der.octets(alternatives))));
    write(identity.key(), "PRIVATE KEY", own.getPrivate().getEncoded());
    return identity;
  }

  private byte[] certificate(String subject, PublicKey key, byte[] extension) {
    Instant now = Instant.now();
    byte[] algorithm = Der.sequence(Der.oid(ECDSA_SHA256));
    byte[] content =
        Der.sequence(
            Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(63, new SecureRandom())),
            algorithm,
            distinguished(name),
            Der.sequence(
                Der.time(now.minus(Duration.ofHours(1))), Der.time(now.plus(Duration.ofDays(1)))),
            distinguished(subject),
            key.getEncoded(),
            Der.tagged(0xa3, Der.sequence(extension)));
    return Der.sequence(content, algorithm, Der.bits(sign(content, keys.getPrivate())));
  }

  private static byte[] distinguished(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.text(commonName))));
  }

  private static byte[] sign(byte[] content, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new LocalClusterException("Cannot sign a certificate.", e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new LocalClusterException("Cannot make keys.", e);
    }
  }

  private static void write(Path file, String what, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    try {
      Files.createDirectories(file.getParent());
      Files.write(
          file, List.of("-----BEGIN " + what + "-----", body, "-----END " + what + "-----"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
