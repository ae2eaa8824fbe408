# The official Elasticsearch image with its Korean analyzer, in the version that
# scripts/lib/elasticsearch.sh installs natively.
FROM elasticsearch:8.19.8
RUN bin/elasticsearch-plugin install --batch analysis-nori
