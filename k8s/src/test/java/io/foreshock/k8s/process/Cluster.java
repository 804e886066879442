package io.foreshock.k8s.process;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.foreshock.manifests.Overlay;
import java.util.List;
import java.util.Set;

/** An API server with what acts on its resources: pretended, or Kubernetes' own. */
interface Cluster extends AutoCloseable {
  /** A client that may do everything, as a kubelet or the operator. */
  KubernetesClient client();

  /** Address of the API server as pods see it. */
  String address();

  /** Lets a client of Flink's in this process find the API server. */
  void useInThisProcess();

  /** Creates what belongs to an overlay and is not Flink's. */
  void apply(Overlay overlay);

  /** Pods that shall run on the one node; those of Deployments are made before. */
  List<Pod> wanted();

  /** Called when every pod that is not wanted has ended. */
  void othersHaveEnded();

  /** What service accounts have asked for, {@code get pods}; empty when that is not known. */
  Set<String> asked();

  /** What they were refused. */
  Set<String> refused();

  @Override
  void close();
}
