package io.foreshock.local;

import java.util.ArrayList;
import java.util.List;

/** The TaskManagers of a cluster, by number from 0, dead or alive. */
final class TaskManagers {
  private final FlinkHome home;
  private final List<ChildProcess> all = new ArrayList<>();

  TaskManagers(FlinkHome home) {
    this.home = home;
  }

  int start() {
    int number = all.size();
    List<String> main =
        new ArrayList<>(
            List.of(
                FlinkProcesses.TASK_MANAGER,
                "--configDir",
                home.conf().toString(),
                "-Dtaskmanager.resource-id=taskmanager-" + number));
    main.addAll(FlinkProcesses.taskManagerArguments(home.configuration()));
    all.add(
        home.start(
            "taskmanager-" + number, FlinkProcesses.taskManagerFlags(home.configuration()), main));
    return number;
  }

  ChildProcess get(int number) {
    return all.get(number);
  }

  /** Numbers of those that live. */
  List<Integer> live() {
    List<Integer> live = new ArrayList<>();
    for (int number = 0; number < all.size(); number++) {
      if (all.get(number).isAlive()) {
        live.add(number);
      }
    }
    return live;
  }

  /** What one of them says that is about to die, or how the last one died; null otherwise. */
  String obituary() {
    String obituary = null;
    for (int number : live()) {
      obituary = obituary == null ? all.get(number).obituary() : obituary;
    }
    return obituary == null && live().isEmpty() && !all.isEmpty()
        ? all.get(all.size() - 1).obituary()
        : obituary;
  }

  void kill() {
    all.forEach(ChildProcess::kill);
  }
}
