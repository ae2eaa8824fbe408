# What the database is filled with.
# shellcheck shell=bash

# Remembers what was loaded: a line "demo DATE", a line for each file.
LOADED=$STATE/loaded

fingerprint() {
    stat -c 'file %n %s %Y' -- "$1"
}

loaded() {
    grep -qxF -- "$1" "$LOADED" 2>/dev/null
}

# load_data FILE...: files not loaded yet are imported. Without any, an empty
# database gets the demo, and a demo of another day is brought up to date.
load_data() {
    local file today fresh=()
    today="demo $(date +%F)"
    for file in "$@"; do
        loaded "$(fingerprint "$file")" || fresh+=("$file")
    done
    if ((${#fresh[@]})); then
        ! grep -q '^demo' "$LOADED" 2>/dev/null ||
            step "The demo data stays beside yours; for yours alone: scripts/down --purge, then scripts/up --data FILE"
        step "Importing ${fresh[*]}"
        operator import "${fresh[@]}" --shift-to-now
    elif [[ ! -s $LOADED ]] || { grep -q '^demo' "$LOADED" && ! loaded "$today"; }; then
        step "Loading the demo data of today"
        operator seed ${STACK_DEMO_SCALE:+--scale "$STACK_DEMO_SCALE"}
    else
        step "Data is loaded already: $(paste -sd ',' "$LOADED")"
        # One of an older version is not searched.
        operator reindex --if-missing
        return
    fi
    step "Indexing"
    operator reindex
    # Only now: an interrupted load is repeated, which is harmless.
    if ((${#fresh[@]})); then
        for file in "${fresh[@]}"; do fingerprint "$file"; done >>"$LOADED"
    else
        echo "$today" >"$LOADED"
    fi
}
