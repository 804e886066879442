package io.foreshock.patterns.engine;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.cep.nfa.sharedbuffer.Lockable;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Reads the reference count of a {@link Lockable}. flink-cep shows it to its own package only; its
 * public serializer writes it in front of the element, so an element serializer that writes nothing
 * leaves the count alone.
 */
final class RefCounts {

  private final Lockable.LockableTypeSerializer<Object> serializer =
      new Lockable.LockableTypeSerializer<>(new Nothing());
  private final DataOutputSerializer out = new DataOutputSerializer(8);
  private final DataInputDeserializer in = new DataInputDeserializer();

  @SuppressWarnings("unchecked") // the element is never looked at
  int of(Lockable<?> lockable) throws IOException {
    out.clear();
    serializer.serialize((Lockable<Object>) lockable, out);
    in.setBuffer(out.getSharedBuffer(), 0, out.length());
    return in.readInt();
  }

  private static final class Nothing extends TypeSerializerSingleton<Object> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean isImmutableType() {
      return true;
    }

    @Override
    public Object createInstance() {
      return null;
    }

    @Override
    public Object copy(Object from) {
      return from;
    }

    @Override
    public Object copy(Object from, Object reuse) {
      return from;
    }

    @Override
    public int getLength() {
      return 0;
    }

    @Override
    public void serialize(Object value, DataOutputView target) {}

    @Override
    public Object deserialize(DataInputView source) {
      return null;
    }

    @Override
    public Object deserialize(Object reuse, DataInputView source) {
      return null;
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) {}

    @Override
    public TypeSerializerSnapshot<Object> snapshotConfiguration() {
      throw new UnsupportedOperationException("Never kept in state.");
    }
  }
}
