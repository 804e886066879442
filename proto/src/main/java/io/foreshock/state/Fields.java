package io.foreshock.state;

import io.foreshock.model.AssetRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
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

  /** Signed number, small when it is close to zero (zigzag). */
  public static void writeSignedVarLong(long value, DataOutputView out) throws IOException {
    writeVarLong((value << 1) ^ (value >> 63), out);
  }

  public static long readSignedVarLong(DataInputView in) throws IOException {
    long value = readVarLong(in);
    return (value >>> 1) ^ -(value & 1);
  }

  public static void writeVarInt(int value, DataOutputView out) throws IOException {
    writeVarLong(Integer.toUnsignedLong(value), out);
  }

  public static int readVarInt(DataInputView in) throws IOException {
    return (int) readVarLong(in);
  }

  /**
   * Text of any length and content, lossless: its length and form, then one byte a character when
   * all are Latin-1, as nearly all names are, else two.
   */
  public static void writeText(String text, DataOutputView out) throws IOException {
    int length = text.length();
    if (isLatin1(text)) {
      writeVarLong((long) length << 1, out);
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    writeVarLong((long) length << 1 | 1, out);
    for (int i = 0; i < length; i++) {
      out.writeShort(text.charAt(i));
    }
  }

  private static boolean isLatin1(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }

  public static String readText(DataInputView in) throws IOException {
    long header = readVarLong(in);
    int length = (int) (header >>> 1);
    if (length == 0) {
      return "";
    }
    if ((header & 1) == 0) {
      byte[] bytes = new byte[length];
      in.readFully(bytes);
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    char[] chars = new char[length];
    for (int i = 0; i < length; i++) {
      chars[i] = in.readChar();
    }
    return new String(chars);
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
    return Collections.unmodifiableList(list);
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
