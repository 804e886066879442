package io.foreshock.runtime.kafka;

import java.util.regex.Pattern;

/**
 * Prefix of the transactional ids of one sink: {@code <installation>.<scope>.<job>.<sink>.}
 *
 * <p>At start a sink aborts every open transaction whose id begins with its prefix. So no prefix
 * may begin another one: {@code t1} would abort {@code t10}. No part holds a dot and the prefix
 * ends in one, hence two different prefixes never begin each other. The prefix is state: changing
 * it is a migration.
 */
public final class TransactionPrefix {
  private static final Pattern PART = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

  private TransactionPrefix() {}

  /**
   * Composes the prefix.
   *
   * @throws IllegalArgumentException when a part is not lower case letters, digits and dashes
   */
  public static String of(String installation, String scope, String job, String sink) {
    return part("installation", installation)
        + part("scope", scope)
        + part("job", job)
        + part("sink", sink);
  }

  private static String part(String what, String name) {
    if (!PART.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A transactional prefix needs lower case letters, digits and dashes, but "
              + what
              + " is \""
              + name
              + "\".");
    }
    return name + '.';
  }
}
