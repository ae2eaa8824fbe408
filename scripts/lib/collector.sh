# Where the collector gets its data: YouTube, the simulator, or nowhere.
# shellcheck shell=bash

YOUTUBE_KEY=$STATE/secrets/youtube_key
SIMULATOR_KEY=$STATE/secrets/simulator_key

# The number is stored at each start.
SIMULATED_CHANNELS=${STACK_SIMULATED_CHANNELS:-$(cat "$STATE/simulated_channels" 2>/dev/null || echo 500)}
[[ $SIMULATED_CHANNELS =~ ^(0|[1-9][0-9]*)$ ]] || die "STACK_SIMULATED_CHANNELS must be a number"

# read_youtube_key FILE: prints the key on the first line that is not blank, without white space
# around it, a carriage return or a byte order mark.
read_youtube_key() {
    local key
    [[ -f $1 && -r $1 ]] || die "--youtube-key: no such file: $1"
    key=$(LC_ALL=C sed '1s/^\xEF\xBB\xBF//' "$1" | tr -d '\r' | awk 'NF { $1 = $1; print; exit }')
    [[ $key ]] || die "--youtube-key: $1 is empty; it must contain an API key"
    [[ $key =~ ^[A-Za-z0-9_-]+$ ]] ||
        die "--youtube-key: $1 does not start with an API key, which has letters, digits, - and _ only"
    echo "$key"
}

# choose_collection KEY FILES: sets COLLECTION. With a key, also one of an earlier start, it is
# youtube; with imported files none, because simulated and real data must not be mixed; otherwise
# simulator.
choose_collection() {
    if [[ $1 || -s $YOUTUBE_KEY ]]; then
        ! has_demo_data || die "the database in $STATE contains demo data, which cannot be mixed with data from" \
            "YouTube: run scripts/down --purge first, or use another STACK_HOME and STACK_PORT_OFFSET"
        COLLECTION=youtube
    elif (($2 || SIMULATED_CHANNELS == 0)) || has_real_data; then
        COLLECTION=none
    else
        COLLECTION=simulator
    fi
}

# Prints the settings of the collector: those of COLLECTION, others from the environment and, with a
# key, those of earlier starts.
collector_settings() {
    local settings=() names name line stored=$STATE/collector-env
    case $COLLECTION in
        youtube) settings=("CREATETREND_COLLECTOR__KEY_FILE=$YOUTUBE_KEY") ;;
        simulator)
            settings=(
                "CREATETREND_COLLECTOR__KEY_FILE=$SIMULATOR_KEY"
                "CREATETREND_COLLECTOR__API_URL=http://127.0.0.1:$SIMULATOR_PORT/youtube/v3"
                "CREATETREND_COLLECTOR__FEED_URL=http://127.0.0.1:$SIMULATOR_PORT/feeds/videos.xml"
                CREATETREND_COLLECTOR__IS_SIMULATED=true
            )
            ;;
    esac
    mapfile -t names < <(compgen -e CREATETREND_COLLECTOR__)
    for name in "${names[@]}"; do
        # A key is only accepted from --youtube-key, which checks it.
        [[ $name == *__KEY_FILE || " ${settings[*]}" == *" $name="* ]] || settings+=("$name=${!name}")
    done
    if grep -sqxF "CREATETREND_COLLECTOR__KEY_FILE=$YOUTUBE_KEY" "$stored" && [[ $COLLECTION == youtube ]]; then
        while IFS= read -r line; do
            [[ " ${settings[*]}" == *" ${line%%=*}="* ]] || settings+=("$line")
        done <"$stored"
    fi
    ((${#settings[@]} == 0)) || printf '%s\n' "${settings[@]}"
}

# check_youtube_key KEY: asks YouTube at the cost of a unit, and fails if it rejects the key. The
# stored key is not asked about again.
check_youtube_key() {
    local key=$1 base reply status message
    [[ ! -s $YOUTUBE_KEY || $(<"$YOUTUBE_KEY") != "$key" ]] || return 0
    base=$(collector_settings | sed -n 's/^CREATETREND_COLLECTOR__API_URL=//p')
    base=${base:-https://www.googleapis.com/youtube/v3}
    # The key is in a file, because other users see the arguments of a process.
    reply=$(curl -sS --max-time 20 --write-out '\n%{http_code}' \
        --header @<(printf 'X-Goog-Api-Key: %s\n' "$key") \
        "${base%/}/videoCategories?part=snippet&regionCode=KR" 2>&1) || true
    status=${reply##*$'\n'}
    message=$(sed -n 's/^.*"message": *"\([^"]*\)".*$/\1/p' <<<"$reply" | head -n 1)
    message=${message//"$key"/[redacted]}
    case $status in
        200) ;;
        400 | 401 | 403)
            if [[ $reply == *quotaExceeded* || $reply == *ateLimitExceeded* ]]; then
                log_step "The API key is not checked: its quota is used up today"
                return
            fi
            die "--youtube-key: the stored key is not replaced, because YouTube rejects the new one: ${message:-HTTP $status}"
            ;;
        *) log_step "The API key is not checked: YouTube cannot be reached (${message:-HTTP $status})" ;;
    esac
}

# prepare_collector KEY: an empty key keeps the stored one.
prepare_collector() {
    if [[ $1 ]]; then
        check_youtube_key "$1"
        write_if_changed "$YOUTUBE_KEY" 600 "$1"
    fi
    echo "$SIMULATED_CHANNELS" >"$STATE/simulated_channels"
    write_if_changed "$STATE/collector-env" 644 "$(collector_settings)"
    if [[ $COLLECTION == simulator ]]; then
        make_secret simulator_key
        write_if_changed "$STATE/supervisor/simulator.conf" 644 "$(render_template "$PROJECT/deploy/supervisor/simulator.conf")"
    else
        rm -f "$STATE/supervisor/simulator.conf"
    fi
}

# Adds the channels to collect: those of the simulator at each start, the Korean channels once, so
# that removed ones stay removed.
import_sources() {
    local simulated=$STATE/run/simulated_sources.csv
    case $COLLECTION in
        youtube)
            ! is_loaded sources || return 0
            log_step "Adding the channels of deploy/sources/kr.csv as sources"
            if "$PROJECT/scripts/createtrend" source import "$PROJECT/deploy/sources/kr.csv"; then
                echo sources >>"$LOADED"
            else
                log_step "The channels are not added; the next scripts/up tries again"
            fi
            ;;
        simulator)
            log_step "Adding the channels of the simulator as sources"
            "$STATE/bin/fake-youtube" --channels "$SIMULATED_CHANNELS" --write-sources "$simulated" ||
                die "fake-youtube failed"
            run_createtrend source import "$simulated"
            ;;
    esac
}

simulator_ready() {
    http_ok "http://127.0.0.1:$SIMULATOR_PORT/health/live"
}

start_simulator() {
    local pid
    [[ $COLLECTION == simulator ]] || return 0
    run_supervisorctl update fake-youtube
    pid=$(program_pid fake-youtube)
    if [[ $pid && $(readlink "/proc/$pid/exe") == *' (deleted)' ]]; then
        start_program restart fake-youtube fake-youtube.log
    else
        start_program start fake-youtube fake-youtube.log
    fi
    wait_for "the simulator of YouTube" 30 fake-youtube.log simulator_ready
}
