package io.foreshock.savepoint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle.HandleAndLocalPath;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.changelog.ChangelogStateBackendHandle;
import org.apache.flink.runtime.state.changelog.ChangelogStateHandleStreamImpl;

/** Takes Flink's state handles apart. */
final class Handles {

  private Handles() {}

  /** Where the names and serializers of keyed states stand. */
  static List<StreamStateHandle> metadata(KeyedStateHandle handle) {
    if (handle instanceof KeyGroupsStateHandle groups) {
      return List.of(groups);
    }
    if (handle instanceof IncrementalRemoteKeyedStateHandle incremental) {
      return List.of(incremental.getMetaDataStateHandle());
    }
    List<StreamStateHandle> all = new ArrayList<>();
    if (handle instanceof ChangelogStateBackendHandle changelog) {
      changelog.getMaterializedStateHandles().forEach(each -> all.addAll(metadata(each)));
    }
    return all;
  }

  /** Whether a part of the state stands in a log of changes, which is not read here. */
  static boolean isChangelog(KeyedStateHandle handle) {
    return handle instanceof ChangelogStateBackendHandle;
  }

  /** Whether records in flight are part of it: an unaligned checkpoint. */
  static boolean isUnaligned(OperatorState operator) {
    return operator.getStates().stream()
        .anyMatch(
            subtask ->
                !subtask.getInputChannelState().isEmpty()
                    || !subtask.getResultSubpartitionState().isEmpty());
  }

  /** Hands over every stream of states of the operator; records in flight are left out. */
  static void streams(OperatorState operator, Consumer<StreamStateHandle> to) {
    if (operator.getCoordinatorState() != null) {
      to.accept(operator.getCoordinatorState());
    }
    for (OperatorSubtaskState subtask : operator.getStates()) {
      subtask.getManagedKeyedState().forEach(handle -> streams(handle, to));
      subtask.getRawKeyedState().forEach(handle -> streams(handle, to));
      subtask.getManagedOperatorState().forEach(handle -> stream(handle, to));
      subtask.getRawOperatorState().forEach(handle -> stream(handle, to));
    }
  }

  private static void stream(OperatorStateHandle handle, Consumer<StreamStateHandle> to) {
    StreamStateHandle delegate = handle.getDelegateStateHandle();
    to.accept(delegate == null ? handle : delegate);
  }

  private static void streams(KeyedStateHandle handle, Consumer<StreamStateHandle> to) {
    if (handle instanceof KeyGroupsStateHandle groups) {
      to.accept(groups.getDelegateStateHandle());
    } else if (handle instanceof IncrementalRemoteKeyedStateHandle incremental) {
      to.accept(incremental.getMetaDataStateHandle());
      for (HandleAndLocalPath shared : incremental.getSharedState()) {
        to.accept(shared.getHandle());
      }
      for (HandleAndLocalPath own : incremental.getPrivateState()) {
        to.accept(own.getHandle());
      }
    } else if (handle instanceof ChangelogStateBackendHandle changelog) {
      changelog.getMaterializedStateHandles().forEach(each -> streams(each, to));
      changelog.getNonMaterializedStateHandles().forEach(each -> streams(each, to));
    } else if (handle instanceof ChangelogStateHandleStreamImpl changes) {
      changes.getHandlesAndOffsets().forEach(each -> to.accept(each.f0));
    }
  }
}
