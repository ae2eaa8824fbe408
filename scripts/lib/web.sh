# Builds the dashboard and the pages of the OpenAPI document and copies them to nginx.
# shellcheck shell=bash
# shellcheck disable=SC2153 # common.sh sets PROJECT and STATE

WEB=$PROJECT/web

# A folder with an index.html replaces the dashboard.
if [[ ${WEB_ROOT-} ]]; then
    WEB_ROOT=$(realpath -e -- "$WEB_ROOT") || die "WEB_ROOT: no such folder"
    [[ -f $WEB_ROOT/index.html ]] || die "WEB_ROOT: there is no index.html in $WEB_ROOT"
fi

# Node 18 or newer, with npm.
has_node() {
    command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)' 2>/dev/null
}

# Adds Node to the packages to install if it is missing.
require_node_packages() {
    has_node || PACKAGES+=(nodejs npm)
}

# fingerprint_of PATH...: prints a hash of all files below these paths of web/.
fingerprint_of() (
    cd "$WEB" || exit
    find "$@" -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum
)

# run_if_fingerprint_changed NAME FINGERPRINT COMMAND...: runs the command unless its last run had the
# same fingerprint.
run_if_fingerprint_changed() {
    local stamp=$WEB/node_modules/.createtrend-$1 fingerprint=$2
    shift 2
    [[ -f $stamp && $(<"$stamp") == "$fingerprint" ]] && return
    "$@"
    echo "$fingerprint" >"$stamp"
}

# Installs the packages of package-lock.json without running their install scripts.
install_web_packages() {
    has_node || die "the dashboard needs Node 18 or newer (found $(node --version 2>&1))"
    run_if_fingerprint_changed packages "$(fingerprint_of package.json package-lock.json)" fetch_web_packages
}

fetch_web_packages() {
    log_step "Installing the dashboard's packages"
    run_logged "npm ci" 900 npm.log env -C "$WEB" npm ci --ignore-scripts --no-audit --no-fund
}

# Builds the pages in web/dist-documents and, unless WEB_ROOT replaces it, the dashboard in web/dist.
build_web() {
    install_web_packages
    [[ -d $WEB/dist-documents ]] || rm -f "$WEB/node_modules/.createtrend-documents"
    run_if_fingerprint_changed documents "$(fingerprint_of package-lock.json documents tools/documents.js)" build_documents
    [[ -z ${WEB_ROOT-} ]] || return 0
    [[ -f $WEB/dist/index.html ]] || rm -f "$WEB/node_modules/.createtrend-build"
    run_if_fingerprint_changed build "$(fingerprint_of index.html package-lock.json package.json tsconfig.json vite.config.ts public src ../docs/openapi.json)" \
        compile_web
}

build_documents() {
    run_logged "npm run documents" 60 npm.log env -C "$WEB" npm run documents
}

compile_web() {
    log_step "Building the dashboard"
    run_logged "npm run build" 300 npm.log env -C "$WEB" npm run build
}

# install_folder FOLDER NAME: copies a folder into nginx's www/ and replaces the old one by a rename.
install_folder() {
    local to=$STATE/nginx/www/$2
    diff -rq "$1" "$to" >/dev/null 2>&1 && return
    rm -rf "$to.new" "$to.old"
    cp -rL "$1" "$to.new"
    chmod -R u=rwX,go=rX "$to.new"
    [[ ! -e $to ]] || mv "$to" "$to.old"
    mv "$to.new" "$to"
    rm -rf "$to.old"
    log_step "Installed ${1#"$PROJECT"/}"
}

install_web() {
    install_folder "${WEB_ROOT:-$WEB/dist}" web
    install_folder "$WEB/dist-documents" documents
    install_folder "$PROJECT/deploy/demo" demo
}

# Adds Chromium and fonts to the packages to install.
require_browser_packages() {
    PACKAGES+=(fonts-noto-cjk fonts-noto-color-emoji)
    if [[ -z ${CHROMIUM-} ]]; then
        PACKAGES+=(chromium-headless-shell)
        export CHROMIUM=/usr/bin/chromium-headless-shell
    fi
}
