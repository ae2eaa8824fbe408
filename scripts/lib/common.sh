# Paths, ports and helper functions of all scripts. Source it first.
# shellcheck shell=bash
# shellcheck disable=SC2034 # used by files that source this one

set -euo pipefail
shopt -s inherit_errexit
umask 022

PROJECT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

# Everything of this instance: data, logs, secrets, pids, binaries.
STATE=$(cd "$PROJECT" && realpath -m -- "${STACK_HOME:-.local}")

# The system user of its processes.
UNIX_USER=createtrend

REPLICAS=3

# The port offset is stored at the first start.
OFFSET=${STACK_PORT_OFFSET:-$(cat "$STATE/port_offset" 2>/dev/null || echo 0)}
GATEWAY_PORT=$((8080 + OFFSET))
POSTGRES_PORT=$((17432 + OFFSET))
EPMD_PORT=$((17436 + OFFSET))
SIMULATOR_PORT=$((17440 + OFFSET))
RABBITMQ_PORT=$((17672 + OFFSET))
RABBITMQ_DIST_PORT=$((17673 + OFFSET))
RABBITMQ_MANAGEMENT_PORT=$((17674 + OFFSET))
ES_PORT=$((17920 + OFFSET))
ES_TRANSPORT_PORT=$((17930 + OFFSET))

# Prefix of a command to run it as that user, without root's environment.
AS_USER=(setpriv --reuid="$UNIX_USER" --regid="$UNIX_USER" --init-groups --reset-env --)

# Prints a progress line with the seconds since the start of the script.
log_step() {
    printf '[%4d s] %s\n' "$SECONDS" "$*"
}

die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# die_with_log LOG TEXT...: also prints the path and the last lines of a log.
die_with_log() {
    local log=$1
    shift
    printf 'error: %s\nThe log is %s. Its last lines:\n' "$*" "$log" >&2
    tail -n 15 -- "$log" 2>/dev/null | sed 's/^/    /' >&2
    exit 1
}

# run_logged TITLE SECONDS LOG COMMAND...: runs a program with its output in $STATE/log/LOG; ends the
# script if it fails or exceeds the timeout.
run_logged() {
    local what=$1 seconds=$2 log=$STATE/log/$3 code=0 deadline=$((SECONDS + $2))
    shift 3
    # Services start concurrently with one log; an append creates it without a race.
    (umask 027 && : >>"$log")
    printf '== %s %s\n' "$(date -Is)" "$what" >>"$log"
    timeout --foreground --kill-after=10 "$seconds" "$@" >>"$log" 2>&1 </dev/null || code=$?
    case $code in
        0) ;;
        # An interrupted `timeout` returns the same code as after its time.
        124 | 137)
            ((SECONDS < deadline)) || die_with_log "$log" "$what took longer than $seconds s"
            die "$what was interrupted or killed; start again to continue"
            ;;
        *) die_with_log "$log" "$what failed (exit code $code)" ;;
    esac
}

# wait_for TITLE SECONDS LOG COMMAND...: waits until the command succeeds. The command must return
# quickly and may print the reason of a failure.
wait_for() {
    local what=$1 log=$STATE/log/$3 deadline=$((SECONDS + $2)) output
    shift 3
    until output=$("$@" 2>&1); do
        ((SECONDS < deadline)) || die_with_log "$log" "$what is not ready in time. ${output:0:500}"
        sleep 0.2
    done
}

# render_template FILE: prints the file with each @NAME@ replaced by the shell variable NAME.
render_template() {
    local text name
    text=$(<"$1")
    while [[ $text =~ @([A-Z_]+)@ ]]; do
        name=${BASH_REMATCH[1]}
        text=${text//"@$name@"/"${!name}"}
    done
    printf '%s\n' "$text"
}

# write_if_changed FILE MODE TEXT: writes the file and adds it to CHANGED if its content differs. The
# Unix user owns files that only their owner can read.
CHANGED=()
write_if_changed() {
    local file=$1 mode=$2 text=$3
    [[ -f $file && $(<"$file") == "$text" ]] && return
    printf '%s\n' "$text" | install -m "$mode" /dev/stdin "$file.new"
    [[ $mode == *00 ]] && chown "$UNIX_USER:$UNIX_USER" "$file.new"
    mv -f "$file.new" "$file"
    CHANGED+=("$file")
}

# has_changed FOLDER: whether write_if_changed changed a file below it.
has_changed() {
    [[ " ${CHANGED[*]-} " == *" $1/"* ]]
}

# run_createtrend SUBCOMMAND...: runs the operator command with its output on the terminal.
CREATETREND=("$PROJECT/scripts/createtrend")
run_createtrend() {
    local code=0
    timeout --foreground --kill-after=10 7200 "${CREATETREND[@]}" "$@" || code=$?
    ((code == 0)) || die "createtrend $1 failed (exit code $code)"
}

http_ok() {
    curl -sS --fail-with-body --noproxy '*' --max-time 2 "$1"
}

require_root() {
    ((EUID == 0)) || die "run this as root"
}

# Only one script at a time may change an instance.
lock_instance() {
    exec 9>"$STATE/lock"
    flock -n 9 || die "another scripts/up or scripts/down is running for $STATE"
}

# Several configuration formats cannot quote paths, and socket paths are limited in length.
[[ $STATE =~ ^[A-Za-z0-9/._-]+$ ]] || die "the state folder's path ($STATE) may contain only letters, digits and / . _ -"
((${#STATE} <= 80)) || die "the state folder's path ($STATE) is longer than 80 characters"
[[ $OFFSET =~ ^[0-9]+$ ]] || die "STACK_PORT_OFFSET must be a number"
