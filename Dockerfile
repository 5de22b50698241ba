# The registry as one program: `docker build -t plexica-registry .`
# scripts/compose-steps.ts carries out the RUN lines of the build stage and the HEALTHCHECK without containers.
FROM node:24-slim AS build
WORKDIR /src
RUN npm install --global pnpm@12.21.0
COPY . .
RUN pnpm install --frozen-lockfile --filter @plexica/registry...
RUN pnpm --filter @plexica/web run --if-present build
RUN node packages/registry/scripts/build.ts
RUN pnpm --filter @plexica/registry deploy --legacy --prod /out

FROM node:24-slim
ENV NODE_ENV=production PLEXICA_HOST=0.0.0.0 PLEXICA_PORT=4873 \
    PLEXICA_DATABASE_URL=sqlite:/data/plexica.db PLEXICA_STORAGE_URL=file:/data/blobs
COPY --from=build /out /opt/plexica
RUN install --directory --owner=node --group=node /data
USER node
WORKDIR /data
VOLUME /data
EXPOSE 4873
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD node -e "fetch('http://127.0.0.1:' + process.env.PLEXICA_PORT + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
# Node itself is the process that gets the signal to stop.
ENTRYPOINT ["node", "/opt/plexica/bin/plexica-registry.cjs"]
CMD ["start"]
