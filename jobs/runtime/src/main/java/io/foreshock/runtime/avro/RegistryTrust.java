package io.foreshock.runtime.avro;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trust in authorities of one's own. */
final class RegistryTrust {

  private RegistryTrust() {}

  /** The file is not what it should be; the message says what it must be. */
  static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unusable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * @param caFile PEM file with one certificate or several
   * @throws Unusable when it is none
   */
  static SSLContext context(String caFile) {
    try (InputStream in = Files.newInputStream(Path.of(caFile))) {
      Collection<? extends Certificate> authorities =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (authorities.isEmpty()) {
        throw new Unusable(
            AvroOptions.CA_FILE.key()
                + " must name a PEM file with -----BEGIN CERTIFICATE-----, but "
                + caFile
                + " holds none.",
            null);
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate authority : authorities) {
        store.setCertificateEntry("ca-" + number++, authority);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new Unusable(
          AvroOptions.CA_FILE.key()
              + " names "
              + caFile
              + ", which cannot be read as PEM certificates ("
              + e.getClass().getSimpleName()
              + "). Check the path, and that the file is mounted here and on every machine of the job.",
          e);
    }
  }
}
