#!/usr/bin/env bash
[ "$1" = kubernetes-application ] || { echo "Only kubernetes-application is run here, not $1." >&2; exit 2; }
shift
exec flink-process.sh org.apache.flink.kubernetes.entrypoint.KubernetesApplicationClusterEntrypoint jobmanager "$@"
