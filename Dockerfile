# syntax=docker/dockerfile:1

# Debian, not Alpine: the embedded PostgreSQL and the password hashes are built against glibc.
FROM node:26-bookworm-slim AS dependencies
WORKDIR /app
ENV NODE_ENV=production
# The manifests alone: this layer lasts until a dependency changes.
COPY package.json package-lock.json .npmrc ./
COPY server/package.json server/
COPY sdk/package.json sdk/
COPY web/kit/package.json web/kit/
COPY web/account/package.json web/account/
COPY web/console/package.json web/console/
COPY e2e/package.json e2e/
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

# The account portal and the console are built here; their tools stay behind.
FROM node:26-bookworm-slim AS web
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY server/package.json server/
COPY sdk/package.json sdk/
COPY web/kit/package.json web/kit/
COPY web/account/package.json web/account/
COPY web/console/package.json web/console/
COPY e2e/package.json e2e/
RUN npm ci --include=dev --ignore-scripts --no-audit --no-fund
COPY sdk sdk
COPY web web
COPY docs/connect docs/connect
RUN for app in account console; do (cd web/$app && node ../../node_modules/vite/bin/vite.js build) || exit 1; done

FROM node:26-bookworm-slim
LABEL org.opencontainers.image.title="Custom Identity Platform" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATA_DIR=/data \
    NODE_COMPILE_CACHE=/data/.compile-cache
# Owned by root and not writable for the server: it cannot change its own code.
COPY --from=dependencies /app ./
COPY LICENSE ./
COPY server/src server/src
COPY --from=web /app/web/account/dist web/account/dist
COPY --from=web /app/web/console/dist web/console/dist
RUN install -d -o node -g node -m 0700 /data
USER node
VOLUME /data
EXPOSE 8000
# The server ends its children itself, so it may be process 1 without an init.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=4", "server/src/main.ts"]
CMD ["serve"]
