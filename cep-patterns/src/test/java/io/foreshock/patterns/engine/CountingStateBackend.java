package io.foreshock.patterns.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.OperatorStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/**
 * Heap state that counts each call to keyed state by its name, e.g. {@code value}, {@code update}.
 */
final class CountingStateBackend implements StateBackend {
  private static final long serialVersionUID = 1L;

  private final HashMapStateBackend heap = new HashMapStateBackend();
  private final transient Map<String, Integer> calls = new TreeMap<>();

  /** Calls since the last time. */
  Map<String, Integer> take() {
    Map<String, Integer> taken = new TreeMap<>(calls);
    calls.clear();
    return taken;
  }

  @Override
  public <K> CheckpointableKeyedStateBackend<K> createKeyedStateBackend(
      KeyedStateBackendParameters<K> parameters) throws Exception {
    CheckpointableKeyedStateBackend<K> real = heap.createKeyedStateBackend(parameters);
    return proxy(
        CheckpointableKeyedStateBackend.class,
        (method, arguments) -> {
          Object result = call(real, method, arguments);
          return method.getName().equals("getPartitionedState") ? counting(result) : result;
        });
  }

  private Object counting(Object state) {
    Class<?>[] interfaces =
        java.util.stream.Stream.<Class<?>>iterate(
                state.getClass(), type -> type != null, type -> type.getSuperclass())
            .flatMap(type -> java.util.Arrays.stream(type.getInterfaces()))
            .distinct()
            .toArray(Class<?>[]::new);
    return Proxy.newProxyInstance(
        getClass().getClassLoader(),
        interfaces,
        (proxy, method, arguments) -> {
          if (!method.getName().equals("setCurrentNamespace")) {
            calls.merge(method.getName(), 1, Integer::sum);
          }
          return call(state, method, arguments);
        });
  }

  private interface Handler {
    Object handle(Method method, Object[] arguments) throws Throwable;
  }

  @SuppressWarnings("unchecked")
  private static <T> T proxy(Class<?> type, Handler handler) {
    return (T)
        Proxy.newProxyInstance(
            CountingStateBackend.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> handler.handle(method, arguments));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public OperatorStateBackend createOperatorStateBackend(OperatorStateBackendParameters parameters)
      throws Exception {
    return heap.createOperatorStateBackend(parameters);
  }
}
