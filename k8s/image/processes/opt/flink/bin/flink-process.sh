#!/usr/bin/env bash
# Starts one of Flink's processes for native Kubernetes as the scripts of a distribution do: asks Flink for the memory of the JVM,
# adds the options of the configuration, and becomes the process.
#   flink-process.sh CLASS jobmanager|taskmanager ARGUMENTS…
set -euo pipefail
class=$1 role=$2
shift 2
export FLINK_CONF_DIR=${FLINK_CONF_DIR:-$FLINK_HOME/conf} FLINK_LIB_DIR=$FLINK_HOME/lib FLINK_PLUGINS_DIR=$FLINK_HOME/plugins
export FLINK_LOG_DIR=${FLINK_LOG_DIR:-$FLINK_HOME/log}
conf=$FLINK_CONF_DIR
path=$(printf '%s:' "$FLINK_HOME"/lib/*.jar)
ask() {
  java -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$path" -Dlog4j2.disable.jmx=true \
    org.apache.flink.runtime.util.bash.BashJavaUtils "$@" 2>/dev/null | sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p'
}
memory=${FLINK_TM_JVM_MEM_OPTS:-} dynamic=''
if [ "$role" = jobmanager ]; then
  { read -r memory; read -r dynamic; } < <(ask GET_JM_RESOURCE_PARAMS --configDir "$conf" "$@")
fi
# shellcheck disable=SC2086 — several options in one variable are wanted
exec java $memory ${FLINK_JAVA_OPTS:-} -Dlog.file="$FLINK_LOG_DIR/flink-$role.log" \
  -Dlog4j.configurationFile="file:$conf/log4j-console.properties" -cp "$path" "$class" --configDir "$conf" $dynamic "$@"
