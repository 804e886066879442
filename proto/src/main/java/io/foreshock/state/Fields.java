package io.foreshock.state;

import io.foreshock.model.AssetRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Compact forms of the field types that several serializers write. */
public final class Fields {

  private Fields() {}

  /** Writes one element. */
  @FunctionalInterface
  public interface Writer<T> {
    void write(T value, DataOutputView out) throws IOException;
  }

  /** Reads one element. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(DataInputView in) throws IOException;
  }

  /** Unsigned number, 7 bits a byte: small numbers take one byte. */
  public static void writeVarLong(long value, DataOutputView out) throws IOException {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  public static long readVarLong(DataInputView in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = in.readUnsignedByte();
      value |= (long) (b & 0x7F) << shift;
      if ((b & 0x80) == 0) {
        return value;
      }
    }
    throw new IOException("A number in state is longer than 10 bytes: the state is damaged.");
  }

  public static void writeVarInt(int value, DataOutputView out) throws IOException {
    writeVarLong(Integer.toUnsignedLong(value), out);
  }

  public static int readVarInt(DataInputView in) throws IOException {
    return (int) readVarLong(in);
  }

  /**
   * Text: one byte a character for ASCII, which nearly all names are, else {@code writeUTF}. The
   * length plus one is written first; 0 announces the second form.
   */
  public static void writeText(String text, DataOutputView out) throws IOException {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) > 0x7F) {
        out.writeByte(0);
        out.writeUTF(text);
        return;
      }
    }
    writeVarInt(length + 1, out);
    for (int i = 0; i < length; i++) {
      out.writeByte(text.charAt(i));
    }
  }

  @SuppressWarnings(
      "deprecation") // String(bytes, hibyte, offset, count): the one constructor that decodes ASCII
  // by copy
  public static String readText(DataInputView in) throws IOException {
    int length = readVarInt(in) - 1;
    if (length < 0) {
      return in.readUTF();
    }
    if (length == 0) {
      return "";
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, 0, 0, length);
  }

  public static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
    writeVarInt(bytes.length, out);
    out.write(bytes);
  }

  public static byte[] readBytes(DataInputView in) throws IOException {
    byte[] bytes = new byte[readVarInt(in)];
    in.readFully(bytes);
    return bytes;
  }

  public static <T> void writeList(List<T> list, Writer<T> writer, DataOutputView out)
      throws IOException {
    writeVarInt(list.size(), out);
    for (int i = 0; i < list.size(); i++) {
      writer.write(list.get(i), out);
    }
  }

  public static <T> List<T> readList(Reader<T> reader, DataInputView in) throws IOException {
    int size = readVarInt(in);
    if (size == 0) {
      return List.of();
    }
    List<T> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(reader.read(in));
    }
    return java.util.Collections.unmodifiableList(list);
  }

  public static void writeAsset(AssetRef asset, DataOutputView out) throws IOException {
    writeText(asset.tenant(), out);
    writeText(asset.assetId(), out);
    writeText(asset.assetClass(), out);
  }

  public static AssetRef readAsset(DataInputView in) throws IOException {
    return new AssetRef(readText(in), readText(in), readText(in));
  }
}
