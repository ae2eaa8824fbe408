# The gateway: the official nginx with the project's nginx.conf, as it is natively,
# and what differs in containers (listen.conf, upstreams.conf).
# 1.27.3 is the first version whose upstreams look names up again (`resolve`).
FROM nginx:1.28.3

COPY nginx.conf deploy/nginx/snippets /gateway/
COPY deploy/nginx/listen.compose.conf /gateway/listen.conf
COPY deploy/nginx/upstreams.compose.conf /gateway/upstreams.conf
COPY docs/openapi.json docs/openapi.yaml /gateway/www/

# nginx:nginx of the official image. /gateway/tmp is all it writes to.
USER 101:101
EXPOSE 8080
STOPSIGNAL SIGQUIT
ENTRYPOINT ["nginx", "-p", "/gateway/", "-c", "/gateway/nginx.conf", "-g", "daemon off;"]
