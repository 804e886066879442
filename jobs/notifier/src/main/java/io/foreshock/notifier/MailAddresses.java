package io.foreshock.notifier;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/** Checks and reads mail addresses. */
final class MailAddresses {
  private MailAddresses() {}

  static boolean isOne(String text) {
    try {
      InternetAddress address = new InternetAddress(text, true);
      return address.getAddress().contains("@");
    } catch (AddressException notOne) {
      return false;
    }
  }

  /** An address that {@link #isOne} took. */
  static InternetAddress read(String text) {
    try {
      return new InternetAddress(text, true);
    } catch (AddressException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
