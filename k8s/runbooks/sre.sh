# Functions of the runbooks, for bash: `. k8s/runbooks/sre.sh`. Need curl, jq, and these variables:
#   FLINK_REST  address of Flink's REST interface, e.g. http://127.0.0.1:8081
#   KAFKA       addresses of brokers
#   METRICS     addresses that Prometheus scrapes, separated by spaces
#   JARS        folder of foreshock-<job>.jar, and CONFIGS folder of <job>.yaml: only to start jobs on a session cluster;
#               under the Flink Kubernetes Operator `kubectl apply` takes the place of start_job

say() { printf '%s\n' "$*"; }

# Waits at most 90 s until a command succeeds: await COMMAND…
await() {
  local end=$((SECONDS + 90))
  until "$@" >/dev/null 2>&1; do
    if ((SECONDS > end)); then say "Waited 90 s in vain for: $*" >&2; return 1; fi
    sleep 0.2
  done
}

# Asks Flink: rest PATH [OPTIONS OF CURL]
rest() { local path=$1; shift; curl -fsS "$@" "$FLINK_REST$path"; }

# Id of the job of this name that has not ended: job NAME
job() {
  rest /jobs/overview | jq -er --arg name "$1" \
    '[.jobs[] | select(.name | test("(^|[^a-z])" + $name + "([^a-z]|$)")) | select(.state | IN("CANCELED", "FAILED", "FINISHED") | not)][0].jid // empty'
}

# True when every task of the job runs: is_running NAME
is_running() { rest "/jobs/$(job "$1")" | jq -e '.state == "RUNNING" and ([.vertices[].status == "RUNNING"] | all)' >/dev/null; }

# State, parallelism, restarts and checkpoints on one line: status NAME
status() {
  local id; id=$(job "$1") || { say "$1 does not run"; return 1; }
  local parallelism; parallelism=$(rest "/jobs/$id" | jq '[.vertices[].parallelism] | max')
  rest "/jobs/$id/checkpoints" | jq -r --arg name "$1" --arg p "$parallelism" \
    '"\($name) runs, parallelism \($p), checkpoints \(.counts.completed) completed, \(.counts.failed) failed, restored from \(.latest.restored.external_path // "nothing")"'
}

# True when more checkpoints have completed than a number: checkpoints_beyond NAME NUMBER
checkpoints_beyond() { (($(completed "$1") > $2)); }
completed() { rest "/jobs/$(job "$1")/checkpoints" | jq .counts.completed; }

# Takes a canonical savepoint, prints its path: savepoint NAME FOLDER; stop_job ends the job with it
savepoint() { take_savepoint "$1" savepoints "{\"target-directory\": \"$2\", \"formatType\": \"CANONICAL\"}"; }
stop_job() {
  local id; id=$(job "$1")
  take_savepoint "$1" stop "{\"targetDirectory\": \"$2\", \"formatType\": \"CANONICAL\"}"
  await ended "$id"
}
take_savepoint() {
  local id trigger answer; id=$(job "$1") || { say "$1 does not run" >&2; return 1; }
  trigger=$(rest "/jobs/$id/$2" -H 'Content-Type: application/json' -d "$3" | jq -r '."request-id"')
  await is_done "/jobs/$id/savepoints/$trigger"
  answer=$(rest "/jobs/$id/savepoints/$trigger")
  jq -er '.operation.location' <<<"$answer" || { jq -r '.operation."failure-cause"."stack-trace"' <<<"$answer" >&2; return 1; }
}
is_done() { [ "$(rest "$1" | jq -r .status.id)" = COMPLETED ]; }
ended() { rest "/jobs/$1" | jq -e '.state | IN("CANCELED", "FAILED", "FINISHED")'; }

# Ends a job without a savepoint; its last checkpoints stay: cancel_job NAME
cancel_job() { local id; id=$(job "$1"); rest "/jobs/$id?mode=cancel" -X PATCH >/dev/null; await ended "$id"; }

# Newest complete checkpoint of a job that runs or ran, by its id: last_checkpoint JOB-ID
last_checkpoint() { rest "/jobs/$1/checkpoints" | jq -er .latest.completed.external_path; }

# Starts a job and waits until it runs: start_job NAME [--from SNAPSHOT] [--parallelism N] [--flink KEY=VALUE] [ARGUMENTS OF THE JOB…]
start_job() {
  local name=$1 from='' parallelism=1 flink='' jar answer; shift
  while :; do
    case ${1:-} in
      --from) from=$2; shift 2 ;;
      --parallelism) parallelism=$2; shift 2 ;;
      --flink) flink=$2; shift 2 ;;
      *) break ;;
    esac
  done
  jar=$(rest /jars | jq -r --arg file "foreshock-$name.jar" '[.files[] | select(.name == $file)][0].id // empty')
  [ -n "$jar" ] || jar=$(basename "$(rest /jars/upload -F "jarfile=@$JARS/foreshock-$name.jar" | jq -r .filename)")
  answer=$(curl -sS "$FLINK_REST/jars/$jar/run" -H 'Content-Type: application/json' -d "$(jq -n --arg from "$from" \
    --argjson parallelism "$parallelism" --arg config "$CONFIGS/$name.yaml" --arg flink "$flink" '{parallelism: $parallelism, savepointPath: $from,
    flinkConfiguration: (if $flink == "" then {} else ($flink | capture("^(?<key>[^=]+)=(?<value>.*)$") | [.] | from_entries) end),
    programArgsList: (["--config", $config] + $ARGS.positional)} | if $from == "" then del(.savepointPath) else . end' --args -- "$@")")
  jq -e .jobid <<<"$answer" >/dev/null || { jq -r '.errors[]' <<<"$answer" | grep -v '^\s*at ' >&2; return 1; }
  await is_running "$name" && status "$name"
}

# Samples of a metric, as Prometheus reads them: metric NAME [REGULAR EXPRESSIONS, all of which must match]
metric() {
  local name=$1 lines; shift
  lines=$(for address in $METRICS; do curl -fsS "$address/metrics" || true; done | grep -E "^$name(\{| )" || true)
  for expression in "$@"; do lines=$(grep -E -- "$expression" <<<"$lines" || true); done
  [ -z "$lines" ] || printf '%s\n' "$lines"
}

# Values of these labels, and the sample: metric NAME | fields LABEL…
fields() {
  awk -v names="$*" 'BEGIN {n = split(names, want, " ")} {
    line = ""
    for (i = 1; i <= n; i++) if (match($0, "[{,]" want[i] "=\"[^\"]*\"")) {
      value = substr($0, RSTART, RLENGTH); sub(/^[^"]*"/, "", value); sub(/"$/, "", value); line = line value " "
    }
    print line $NF
  }'
}

# Sum of the samples of a metric: total NAME [REGULAR EXPRESSIONS]
total() { metric "$@" | awk '{sum += $NF} END {printf "%d\n", sum}'; }
total_beyond() { (($(total "$1" "$2") > $3)); }
