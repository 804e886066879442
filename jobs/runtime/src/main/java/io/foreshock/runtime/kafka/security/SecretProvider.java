package io.foreshock.runtime.kafka.security;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Reads secrets inside a Kafka client, at the moment when the client is made. Kafka's own providers
 * do not read a whole file, and put a quotation mark into a login module's options as it is.
 *
 * <p>{@link #prepare} rewrites {@code ${env:NAME}} and {@code ${file:/path}} so that clients ask
 * this class.
 */
public final class SecretProvider implements ConfigProvider {
  private static final String PLAIN = "foreshock-secret";
  private static final String QUOTED = "foreshock-jaas";
  private static final String PROVIDERS = "config.providers";

  private boolean quoted;

  /**
   * Makes references known to Kafka's clients.
   *
   * @param properties of a client; values may hold {@code ${env:…}} and {@code ${file:…}}
   * @return the same for clients; references in {@code sasl.jaas.config} stand between quotation
   *     marks and are escaped there
   */
  public static Map<String, String> prepare(Map<String, String> properties) {
    Map<String, String> prepared = new HashMap<>();
    boolean any = false;
    for (Map.Entry<String, String> entry : properties.entrySet()) {
      String provider = entry.getKey().endsWith("sasl.jaas.config") ? QUOTED : PLAIN;
      Matcher matcher = SecretReference.INSIDE.matcher(entry.getValue());
      any |= matcher.find();
      prepared.put(entry.getKey(), matcher.reset().replaceAll("\\${" + provider + ":$1:$2}"));
    }
    if (any) {
      prepared.merge(PROVIDERS, PLAIN + "," + QUOTED, (own, ours) -> own + "," + ours);
      for (String provider : new String[] {PLAIN, QUOTED}) {
        prepared.put(PROVIDERS + "." + provider + ".class", SecretProvider.class.getName());
        prepared.put(
            PROVIDERS + "." + provider + ".param.quoted", String.valueOf(provider.equals(QUOTED)));
      }
    }
    return prepared;
  }

  @Override
  public void configure(Map<String, ?> parameters) {
    quoted = "true".equals(parameters.get("quoted"));
  }

  @Override
  public ConfigData get(String path) {
    throw new UnsupportedOperationException("Secrets are read one by one.");
  }

  @Override
  public ConfigData get(String path, Set<String> keys) {
    Map<String, String> secrets = new HashMap<>();
    for (String key : keys) {
      String secret = SecretReference.of(path, key).resolve();
      secrets.put(key, quoted ? secret.replace("\\", "\\\\").replace("\"", "\\\"") : secret);
    }
    return new ConfigData(secrets);
  }

  @Override
  public void close() {}
}
