# The official Elasticsearch with its Korean analyser. The version is the one that
# scripts/lib/elasticsearch.sh installs natively.
FROM elasticsearch:8.19.8
RUN bin/elasticsearch-plugin install --batch analysis-nori
