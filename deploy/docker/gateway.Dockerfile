# The gateway: the official nginx image with the project's nginx.conf and the files that
# differ in containers (listen.conf, settings.conf, upstreams.conf). It includes the dashboard
# and the pages of the OpenAPI document, which are built here;
# deploy/docker/other-web.compose.yml replaces the dashboard.

# An SBOM also lists package-lock.json.
ARG BUILDKIT_SBOM_SCAN_CONTEXT=true

FROM node:22-bookworm-slim AS web

WORKDIR /source/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY docs/openapi.json /source/docs/
COPY web ./
RUN npm run build && npm run documents

# 1.27.3 is the first version whose upstreams resolve names again (`resolve`).
FROM nginx:1.28.3

COPY nginx.conf deploy/nginx/snippets /gateway/
COPY deploy/nginx/listen.compose.conf /gateway/listen.conf
COPY deploy/nginx/upstreams.compose.conf /gateway/upstreams.conf
COPY deploy/nginx/settings.sh deploy/docker/gateway-start.sh /gateway/
COPY docs/openapi.json docs/openapi.yaml /gateway/www/
COPY deploy/demo /gateway/www/demo
COPY --from=web /source/web/dist /gateway/www/web
COPY --from=web /source/web/dist-documents /gateway/www/documents

# 101 is the user nginx of the official image. It can write only to /gateway/tmp (cache,
# settings) and /gateway/bodies (request bodies). Volumes inherit the owner of the folders.
RUN ln -s tmp/settings.conf /gateway/settings.conf \
    && install -d -o 101 -g 101 -m 700 /gateway/tmp /gateway/bodies
USER 101:101
EXPOSE 8080
STOPSIGNAL SIGQUIT
ENTRYPOINT ["/gateway/gateway-start.sh"]
