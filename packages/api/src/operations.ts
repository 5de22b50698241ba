import { Platform } from '@plexica/manifest-schema'
import Type from 'typebox'
import { bytesAnswer, pageAnswer, route } from './route.ts'

export const operationRoutes = {
  getPlatform: route({
    method: 'GET',
    path: '/api/platform',
    permission: 'public',
    summary: 'The platform that plugins run on',
    status: 200,
    answer: Platform,
    errors: ['route_not_found'],
  }),
  getOpenApi: route({
    method: 'GET',
    path: '/api/openapi.json',
    permission: 'public',
    summary: 'This interface as OpenAPI 3.1',
    status: 200,
    answer: Type.Object({}, { additionalProperties: true }),
    errors: [],
  }),
  getReference: route({
    method: 'GET',
    path: '/api/reference',
    permission: 'public',
    summary: 'This interface as a page to read',
    status: 200,
    answer: pageAnswer,
    errors: [],
  }),
  getHealth: route({
    method: 'GET',
    path: '/healthz',
    permission: 'public',
    summary: 'The process lives',
    status: 200,
    answer: Type.Object({ status: Type.Literal('ok') }),
    errors: [],
  }),
  getReadiness: route({
    method: 'GET',
    path: '/readyz',
    permission: 'public',
    summary: 'Database and blob store answer; 503 tells of each part whether it does',
    status: 200,
    answer: Type.Object({ database: Type.Literal('ok'), blobs: Type.Literal('ok') }),
    errors: ['storage_unavailable'],
  }),
  getMetrics: route({
    method: 'GET',
    path: '/metrics',
    permission: 'registry:observe',
    summary: 'What this process has done and how it fares, in Prometheus’ text format',
    status: 200,
    answer: bytesAnswer,
    errors: [],
  }),
}
