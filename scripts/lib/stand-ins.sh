# Where no container registry can be reached: images of the official names, made on
# this machine. For scripts/test-containers only; source common.sh, install.sh and
# elasticsearch.sh first.
# shellcheck shell=bash

STAND_INS=$PROJECT/scripts/stand-ins

# The images that the project's files name: FROM lines and compose's `image:`; of the
# profile `monitoring` those that there is a stand-in for.
official_images() {
    local version
    version=$(sed -n 's/^ARG RUST_VERSION=//p' "$PROJECT/deploy/docker/Dockerfile" | head -n 1)
    {
        sed -n 's/^FROM \([^ ]*:[^ ]*\).*/\1/p' "$PROJECT"/deploy/docker/*Dockerfile
        sed -n 's/^ *image: \([^ ]*:[^ ]*\).*/\1/p' "$PROJECT/docker-compose.yml"
    } | sed "s/\${RUST_VERSION}/$version/" | grep -v '^grafana/' | sort -u
}

have_image() {
    docker image inspect "$1" >/dev/null 2>&1
}

# Pulls what can be pulled; the rest is made here.
provide_images() {
    local image
    for image in $(official_images); do
        have_image "$image" && continue
        if [[ ${STAND_INS_ONLY-} ]] || ! timeout 60 docker pull --quiet "$image" >/dev/null 2>&1; then
            make_stand_in "$image"
        fi
    done
}

# make_stand_in IMAGE: what is before the tag names the folder in scripts/stand-ins.
make_stand_in() {
    local name=${1##*/} context
    name=${name%%:*}
    [[ -d $STAND_INS/$name ]] || die "$1 cannot be pulled, and there is no $STAND_INS/$name to stand in for it"
    have_image debian:bookworm-slim || make_base
    step "Making a stand-in for $1"
    context=$STATE/stand-ins/$name
    rm -rf "$context"
    mkdir -p "$STATE/stand-ins"
    cp -r "$STAND_INS/$name" "$context"
    ! declare -F "prepare_${name}_stand_in" >/dev/null || "prepare_${name}_stand_in" "$context"
    logged "building the stand-in for $1" 1800 stand-ins.log docker build -t "$1" "$context"
    rm -rf "$context"
}

# Debian, with this machine's own certificates.
make_base() {
    local root=$STATE/stand-ins/debian
    step "Making a stand-in for debian:bookworm-slim"
    rm -rf "$root"
    mkdir -p "$STATE/stand-ins"
    logged debootstrap 900 stand-ins.log debootstrap --variant=minbase --include=ca-certificates bookworm "$root"
    cp -r /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/"
    logged "adding certificates" 60 stand-ins.log chroot "$root" update-ca-certificates
    # Servers do not start because their packages are installed.
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod 755 "$root/usr/sbin/policy-rc.d"
    rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,locale,man}/*
    tar -C "$root" -c . | docker import - debian:bookworm-slim >/dev/null
    rm -rf "$root"
}

prepare_rust_stand_in() {
    local sysroot
    sysroot=$(cd "$PROJECT" && rustc --print sysroot)
    mkdir -p "$1/toolchain" "$1/cargo"
    cp -r "$sysroot"/{bin,lib} "$1/toolchain/"
    # How this machine's cargo reaches its registry.
    cp "${CARGO_HOME:-$HOME/.cargo}"/config.toml "$1/cargo/" 2>/dev/null || true
}

prepare_nginx_stand_in() {
    local version
    version=$(sed -n 's/^FROM nginx:\([0-9.]*\).*/\1/p' "$PROJECT/deploy/docker/gateway.Dockerfile")
    mkdir -p "$1/crate/src"
    touch "$1/crate/src/lib.rs"
    printf '[package]\nname = "fetch"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n[dependencies]\nnginx-src = "%s"\n' \
        "$NGINX_SRC" >"$1/crate/Cargo.toml"
    (cd "$1/crate" && logged "fetching nginx's source" 300 stand-ins.log cargo vendor --quiet vendor)
    mv "$1/crate/vendor/nginx-src/nginx" "$1/source"
    grep -qF "\"$version\"" "$1/source/src/core/nginx.h" || die "nginx-src $NGINX_SRC is not nginx $version"
}

# The release of the crate nginx-src that carries the nginx of gateway.Dockerfile.
NGINX_SRC="=1.28.5"

prepare_elasticsearch_stand_in() {
    # shellcheck disable=SC2034 # install_elasticsearch reads it
    JAVA_HOME=$(java_home) || die "no JDK 17 or 21 below /usr/lib/jvm"
    mkdir -p "$STATE/elasticsearch"
    install_elasticsearch
    cp -r "$STATE/elasticsearch/elasticsearch-$ES_VERSION" "$1/distribution"
    mv "$1/distribution/plugins/createtrend-nori" "$1/nori"
    cp "$PROJECT/deploy/elasticsearch/log4j2.properties" "$1/"
}
