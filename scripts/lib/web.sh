# The dashboard and the pages of the OpenAPI document: built from web/, put where nginx
# serves them.
# shellcheck shell=bash
# shellcheck disable=SC2153 # PROJECT and STATE are of common.sh

WEB=$PROJECT/web

# A folder with an index.html: another application in the dashboard's place.
if [[ ${WEB_ROOT-} ]]; then
    WEB_ROOT=$(realpath -e -- "$WEB_ROOT") || die "WEB_ROOT: there is no such folder"
    [[ -f $WEB_ROOT/index.html ]] || die "WEB_ROOT: there is no index.html in $WEB_ROOT"
fi

# Node 18 or newer, with npm.
node_works() {
    command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)' 2>/dev/null
}

# What install_packages is to install for the build: nothing where there is a Node.
need_node() {
    node_works || PACKAGES+=(nodejs npm)
}

# fingerprint_of PATH...: of all files below these paths of web/.
fingerprint_of() (
    cd "$WEB" || exit
    find "$@" -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum
)

# once NAME FINGERPRINT COMMAND...: unless the last time was with the same fingerprint.
once() {
    local stamp=$WEB/node_modules/.createtrend-$1 fingerprint=$2
    shift 2
    [[ -f $stamp && $(<"$stamp") == "$fingerprint" ]] && return
    "$@"
    echo "$fingerprint" >"$stamp"
}

# npm's packages, as package-lock.json names them. Nothing of theirs is run.
install_web_packages() {
    node_works || die "the dashboard needs Node 18 or newer (this is $(node --version 2>&1))"
    once packages "$(fingerprint_of package.json package-lock.json)" fetch_web_packages
}

fetch_web_packages() {
    step "Installing the dashboard's packages"
    logged "npm ci" 900 npm.log env -C "$WEB" npm ci --ignore-scripts --no-audit --no-fund
}

# To web/dist-documents; the dashboard from its sources, its settings and the OpenAPI document
# to web/dist, where no other application takes its place.
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

# place FOLDER NAME: a copy that nginx serves, replaced as a whole.
place() {
    local to=$STATE/nginx/www/$2
    diff -rq "$1" "$to" >/dev/null 2>&1 && return
    rm -rf "$to.new" "$to.old"
    cp -rL "$1" "$to.new"
    chmod -R u=rwX,go=rX "$to.new"
    [[ ! -e $to ]] || mv "$to" "$to.old"
    mv "$to.new" "$to"
    rm -rf "$to.old"
    step "Put ${1#"$PROJECT"/} in its place"
}

place_web() {
    place "${WEB_ROOT:-$WEB/dist}" web
    place "$WEB/dist-documents" documents
    place "$PROJECT/deploy/demo" demo
}

# A Chromium for the tests and the screenshots, and letters for what it shows.
need_browser() {
    PACKAGES+=(fonts-noto-cjk fonts-noto-color-emoji)
    if [[ -z ${CHROMIUM-} ]]; then
        PACKAGES+=(chromium)
        export CHROMIUM=/usr/bin/chromium
    fi
}
