# Where the collector gets its data: YouTube, the simulator, or nowhere.
# shellcheck shell=bash

YOUTUBE_KEY=$STATE/secrets/youtube_key
SIMULATOR_KEY=$STATE/secrets/simulator_key

# Hint that is printed if sources could not be added.
SOURCES_HINT=

# The number is stored at each start.
SIMULATED_CHANNELS=${STACK_SIMULATED_CHANNELS:-$(cat "$STATE/simulated_channels" 2>/dev/null || echo 500)}
[[ $SIMULATED_CHANNELS =~ ^(0|[1-9][0-9]*)$ ]] || die "STACK_SIMULATED_CHANNELS must be a number"

# choose_collection KEY_FILE FILES: sets COLLECTION. With a key, also one of an earlier start, it is
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

# Prints the settings of the collector: the settings of COLLECTION, settings from the environment
# and, with a key, the settings of earlier starts.
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

# store_youtube_key FILE: replaces the stored key, unless the file has no usable key or YouTube
# rejects it. The stored key is not checked again.
store_youtube_key() {
    [[ $1 ]] && ! cmp -s "$1" "$YOUTUBE_KEY" || return 0
    log_step "Checking the API key in $1"
    "$PROJECT/scripts/createtrend" check-key "$1" || die "--youtube-key: the key in $1 cannot be used"
    install -m 600 -o "$UNIX_USER" -g "$UNIX_USER" "$1" "$YOUTUBE_KEY.new"
    mv -f "$YOUTUBE_KEY.new" "$YOUTUBE_KEY"
    CHANGED+=("$YOUTUBE_KEY")
}

prepare_collector() {
    echo "$SIMULATED_CHANNELS" >"$STATE/simulated_channels"
    write_if_changed "$STATE/collector-env" 644 "$(collector_settings)"
    if [[ $COLLECTION == simulator ]]; then
        make_secret simulator_key
        write_if_changed "$STATE/supervisor/simulator.conf" 644 "$(render_template "$PROJECT/deploy/supervisor/simulator.conf")"
    else
        rm -f "$STATE/supervisor/simulator.conf"
    fi
}

# add_sources FILE: a failure, such as a quota that is used up, does not stop the start.
add_sources() {
    "$PROJECT/scripts/createtrend" source import "$1" || {
        # shellcheck disable=SC2034 # printed by scripts/up
        SOURCES_HINT="Not all channels of $1 are collected yet, see above: run scripts/up again later,
or add some with scripts/createtrend source add."
        return 1
    }
}

# Adds the channels to collect: the channels of the simulator at each start, the Korean channels
# once, so that removed channels stay removed.
import_sources() {
    local simulated=$STATE/run/simulated_sources.csv
    case $COLLECTION in
        youtube)
            ! is_loaded sources || return 0
            log_step "Adding the channels of deploy/sources/kr.csv as sources"
            ! add_sources "$PROJECT/deploy/sources/kr.csv" || echo sources >>"$LOADED"
            ;;
        simulator)
            log_step "Adding the channels of the simulator as sources"
            "$STATE/bin/fake-youtube" --channels "$SIMULATED_CHANNELS" --write-sources "$simulated" ||
                die "fake-youtube failed"
            add_sources "$simulated" || true
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
