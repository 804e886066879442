package io.foreshock.runtime.service;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** PEM files as Java wants them. Nothing of them is ever printed but their names. */
public final class TlsFiles {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final char[] NO_PASSWORD = new char[0];

  private TlsFiles() {}

  /**
   * Trust in the authorities of a file and nobody else.
   *
   * @throws IllegalArgumentException saying what is wrong with the file
   */
  public static TrustManagerFactory authorities(Path file) {
    try {
      KeyStore store = emptyStore();
      int number = 0;
      for (Certificate certificate : certificates(file)) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      return trust;
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(file, "certificates in PEM", e);
    }
  }

  /**
   * A certificate with its key.
   *
   * @throws IllegalArgumentException saying what is wrong with the files
   */
  public static KeyManagerFactory identity(Path certificateFile, Path keyFile) {
    Certificate[] chain;
    try {
      chain = certificates(certificateFile).toArray(Certificate[]::new);
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(certificateFile, "certificates in PEM", e);
    }
    try {
      PrivateKey key = key(Files.readString(keyFile, StandardCharsets.US_ASCII), chain[0]);
      KeyStore store = emptyStore();
      store.setKeyEntry("own", key, NO_PASSWORD, chain);
      KeyManagerFactory identity =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      identity.init(store, NO_PASSWORD);
      return identity;
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw unusable(
          keyFile,
          "the certificate's private key in PKCS#8, unencrypted (openssl pkcs8 -topk8 -nocrypt"
              + " converts others)",
          e);
    }
  }

  private static PrivateKey key(String pem, Certificate certificate)
      throws GeneralSecurityException {
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new GeneralSecurityException("no PRIVATE KEY in it");
    }
    byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
    return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws GeneralSecurityException, IOException {
    Collection<? extends Certificate> all =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
    if (all.isEmpty()) {
      throw new GeneralSecurityException("no certificate in it");
    }
    return all;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static IllegalArgumentException unusable(Path file, String expected, Exception e) {
    String reason = e instanceof IOException ? "cannot be read" : "does not hold " + expected;
    return new IllegalArgumentException(file + " " + reason + " (" + e.getMessage() + ").", e);
  }
}
