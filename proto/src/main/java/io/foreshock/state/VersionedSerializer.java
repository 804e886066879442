package io.foreshock.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer that writes its format's version in front of each value.
 *
 * <p>A change of format raises {@link #version()} and teaches {@link #read} the old form; values
 * are rewritten in the new form when they are next stored. A reader refuses a version newer than
 * its own: state of a newer release does not restore into an older one silently.
 *
 * <p>The type is taken to be immutable. A serializer of a mutable one (a state value that is
 * changed in place) overrides {@link #copy(Object)} with a deep copy and {@link #isImmutableType()}
 * with false: the hash map backend hands out its own object and copies it for a running snapshot.
 *
 * <p>Instances hold no state and are shared between threads.
 */
public abstract class VersionedSerializer<T> extends TypeSerializer<T> {
  private static final long serialVersionUID = 1L;

  /** Version that {@link #write} produces, from 1. */
  protected abstract int version();

  /** The same, for tools that compare what two releases write. */
  public final int format() {
    return version();
  }

  /** Writes the value without its version. */
  protected abstract void write(T value, DataOutputView out) throws IOException;

  /**
   * Reads a value that was written as the given version, which is between 1 and {@link #version()}.
   */
  protected abstract T read(int version, DataInputView in) throws IOException;

  @Override
  public final void serialize(T value, DataOutputView out) throws IOException {
    out.writeByte(version());
    write(value, out);
  }

  @Override
  public final T deserialize(DataInputView in) throws IOException {
    int version = in.readUnsignedByte();
    if (version < 1 || version > version()) {
      throw new IOException(
          getClass().getSimpleName()
              + " reads versions 1 to "
              + version()
              + ", but the value has version "
              + version
              + ". State of a newer release cannot be read by this one: deploy that release again, or restore an"
              + " older savepoint.");
    }
    return read(version, in);
  }

  @Override
  public final T deserialize(T reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public final void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public T copy(T from) {
    return from;
  }

  @Override
  public final T copy(T from, T reuse) {
    return copy(from);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public final TypeSerializer<T> duplicate() {
    return this;
  }

  @Override
  public final T createInstance() {
    return null;
  }

  @Override
  public final int getLength() {
    return -1;
  }

  @Override
  public final boolean equals(Object other) {
    return other != null && other.getClass() == getClass();
  }

  @Override
  public final int hashCode() {
    return getClass().hashCode();
  }
}
