package io.foreshock.codec.avro;

/** What bytes look like that are not in the expected form, for whoever configured the reader. */
final class Described {
  private Described() {}

  static String insteadOfSingleObject(byte[] value) {
    return Confluent.isFrontOf(value)
        ? "begins with 00, not with C3 01: it looks like Confluent's wire format. Read it with the schema registry."
        : begin(value) + ", not with C3 01 and a fingerprint: not in single-object encoding.";
  }

  static String insteadOfConfluent(byte[] value) {
    return SingleObject.isFrontOf(value)
        ? "begins with C3 01, not with 00: it looks like single-object encoding. Read it with the .avsc file."
        : begin(value) + ", not with 00 and a schema id: not in Confluent's wire format.";
  }

  private static String begin(byte[] value) {
    StringBuilder text = new StringBuilder("begins with");
    for (int i = 0; i < Math.min(2, value.length); i++) {
      text.append(" %02X".formatted(value[i]));
    }
    return value.length == 0 ? text.append(" nothing").toString() : text.toString();
  }
}
