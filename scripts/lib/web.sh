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
node_works() {
    command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)' 2>/dev/null
}

# Adds Node to the packages to install if it is missing.
need_node() {
    node_works || PACKAGES+=(nodejs npm)
}

# fingerprint_of PATH...: prints a hash of all files below these paths of web/.
fingerprint_of() (
    cd "$WEB" || exit
    find "$@" -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum
)

# once NAME FINGERPRINT COMMAND...: runs the command unless the last run had the same fingerprint.
once() {
    local stamp=$WEB/node_modules/.createtrend-$1 fingerprint=$2
    shift 2
    [[ -f $stamp && $(<"$stamp") == "$fingerprint" ]] && return
    "$@"
    echo "$fingerprint" >"$stamp"
}

# Installs the packages of package-lock.json without running their install scripts.
install_web_packages() {
    node_works || die "the dashboard needs Node 18 or newer (found $(node --version 2>&1))"
    once packages "$(fingerprint_of package.json package-lock.json)" fetch_web_packages
}

fetch_web_packages() {
    step "Installing the dashboard's packages"
    logged "npm ci" 900 npm.log env -C "$WEB" npm ci --ignore-scripts --no-audit --no-fund
}

# Builds the pages in web/dist-documents and, unless WEB_ROOT replaces it, the dashboard in web/dist.
build_web() {
    install_web_packages
    [[ -d $WEB/dist-documents ]] || rm -f "$WEB/node_modules/.createtrend-documents"
    once documents "$(fingerprint_of package-lock.json documents tools/documents.js)" build_documents
    [[ -z ${WEB_ROOT-} ]] || return 0
    [[ -f $WEB/dist/index.html ]] || rm -f "$WEB/node_modules/.createtrend-build"
    once build "$(fingerprint_of index.html package-lock.json package.json tsconfig.json vite.config.ts public src ../docs/openapi.json)" \
        compile_web
}

build_documents() {
    logged "npm run documents" 60 npm.log env -C "$WEB" npm run documents
}

compile_web() {
    step "Building the dashboard"
    logged "npm run build" 300 npm.log env -C "$WEB" npm run build
}

# place FOLDER NAME: copies a folder into nginx's www/ and replaces the old one by a rename.
place() {
    local to=$STATE/nginx/www/$2
    diff -rq "$1" "$to" >/dev/null 2>&1 && return
    rm -rf "$to.new" "$to.old"
    cp -rL "$1" "$to.new"
    chmod -R u=rwX,go=rX "$to.new"
    [[ ! -e $to ]] || mv "$to" "$to.old"
    mv "$to.new" "$to"
    rm -rf "$to.old"
    step "Installed ${1#"$PROJECT"/}"
}

place_web() {
    place "${WEB_ROOT:-$WEB/dist}" web
    place "$WEB/dist-documents" documents
    place "$PROJECT/deploy/demo" demo
}

# Adds Chromium and fonts to the packages to install.
need_browser() {
    PACKAGES+=(fonts-noto-cjk fonts-noto-color-emoji)
    if [[ -z ${CHROMIUM-} ]]; then
        PACKAGES+=(chromium)
        export CHROMIUM=/usr/bin/chromium
    fi
}
