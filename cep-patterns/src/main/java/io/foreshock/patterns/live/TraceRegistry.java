package io.foreshock.patterns.live;

import io.foreshock.codec.PatternCodec;
import io.foreshock.model.PatternRecord;
import io.foreshock.model.PatternTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/** Requests for near misses that are in force. State: by the record's key, as on the topic. */
final class TraceRegistry {
  private static final MapStateDescriptor<String, byte[]> STATE =
      new MapStateDescriptor<>(
          "traces", StringSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);

  private final BroadcastState<String, byte[]> state;

  TraceRegistry(FunctionInitializationContext context) throws Exception {
    state = context.getOperatorStateStore().getBroadcastState(STATE);
  }

  /** Takes a request, or the end of one. */
  void apply(PatternRecord request) throws Exception {
    if (request.removes()) {
      state.remove(request.key());
    } else {
      state.put(request.key(), request.value());
    }
  }

  List<PatternTrace> all() throws Exception {
    List<PatternTrace> traces = new ArrayList<>();
    for (Map.Entry<String, byte[]> entry : state.immutableEntries()) {
      traces.add(PatternCodec.decodeTrace(entry.getValue()));
    }
    return traces;
  }
}
