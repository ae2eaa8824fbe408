# Elasticsearch from Maven Central, with the Korean tokenizer (nori).
# shellcheck shell=bash

ES_VERSION=8.19.8
# shellcheck disable=SC2034 # render_template reads it
ES_HEAP=${STACK_ES_HEAP:-512m}

# fetch ARTIFACT FOLDER: downloads from Maven Central, or copies from Maven's local cache.
fetch() {
    run_logged "fetching $1 from Maven Central" 900 maven.log env -C "$2" JAVA_HOME="$JAVA_HOME" \
        mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
        -Dartifact="$1" -DoutputDirectory="$2"
}

# The published distribution contains few modules, and no nori. A class of the stable plugin API
# provides Lucene's tokenizer.
build_nori_plugin() {
    local dist=$1 source=$PROJECT/deploy/elasticsearch/nori-plugin plugin=$1/plugins/createtrend-nori
    local jar lucene
    jar=$(echo "$dist"/lib/lucene-core-*.jar)
    lucene=${jar##*lucene-core-}
    lucene=${lucene%.jar}
    mkdir -p "$plugin"
    fetch "org.apache.lucene:lucene-analysis-nori:$lucene" "$plugin"
    run_logged "compiling the nori plugin" 120 maven.log "$JAVA_HOME/bin/javac" --release 17 \
        -cp "$dist/lib/*:$plugin/*" -d "$dist/nori-classes" "$source"/*.java
    run_logged "packing the nori plugin" 60 maven.log "$JAVA_HOME/bin/jar" \
        --create --file "$plugin/createtrend-nori.jar" -C "$dist/nori-classes" .
    rm -r "$dist/nori-classes"
    render_template "$source/stable-plugin-descriptor.properties" >"$plugin/stable-plugin-descriptor.properties"
    cp "$source/named_components.json" "$plugin/"
}

install_elasticsearch() {
    local name=elasticsearch-$ES_VERSION new=$STATE/elasticsearch/new
    [[ -d $STATE/elasticsearch/$name ]] && return
    log_step "Fetching Elasticsearch $ES_VERSION (98 MB) and nori from Maven Central"
    rm -rf "$new"
    mkdir "$new"
    fetch "org.elasticsearch.distribution.integ-test-zip:elasticsearch:$ES_VERSION:zip" "$new"
    # `jar` unpacks zip files, too.
    run_logged "unpacking Elasticsearch" 120 maven.log env -C "$new" \
        "$JAVA_HOME/bin/jar" --extract --file "$name.zip"
    build_nori_plugin "$new/$name"
    chmod -R a+rX "$new"
    # Renamed when it is complete.
    mv "$new/$name" "$STATE/elasticsearch/$name"
    rm -r "$new"
}

prepare_elasticsearch() {
    JAVA_HOME=$(java_home) || die "no JDK 17 or 21 below /usr/lib/jvm"
    install_elasticsearch
    install -d -o "$UNIX_USER" -g "$UNIX_USER" "$STATE"/elasticsearch/{config,data,logs,tmp}
    local file
    for file in elasticsearch.yml jvm.options log4j2.properties; do
        write_if_changed "$STATE/elasticsearch/config/$file" 644 "$(render_template "$PROJECT/deploy/elasticsearch/$file")"
    done
}

elasticsearch_ready() {
    http_ok "http://127.0.0.1:$ES_PORT/_cluster/health?wait_for_status=yellow&timeout=1s"
}

check_nori() {
    local response
    response=$(curl -sS --noproxy '*' --max-time 10 -H 'Content-Type: application/json' \
        -d '{"tokenizer":"nori_tokenizer","text":"백두산이"}' \
        "http://127.0.0.1:$ES_PORT/_analyze" 2>&1) || true
    [[ $response == *'"token":"백두"'* ]] ||
        die_with_log "$STATE/log/elasticsearch.log" "Elasticsearch has no working nori_tokenizer: $response"
}
