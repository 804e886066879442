#!/usr/bin/env bash
exec flink-process.sh org.apache.flink.kubernetes.taskmanager.KubernetesTaskExecutorRunner taskmanager "$@"
