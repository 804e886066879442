#!/usr/bin/env bash
# Stand-in for the entry point of the official image, for pods that are processes (see k8s/README.md): runs what it is given.
export PATH=$FLINK_HOME/bin:$JAVA_HOME/bin:$PATH
exec "$@"
