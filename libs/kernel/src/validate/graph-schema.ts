import { z } from 'zod';
import { GRAPH_LIMITS } from '../graph-limits.js';
import { NODE_ID_PATTERN } from './node-id.js';

const position = z.strictObject({ x: z.number(), y: z.number() });

/** Beginnings of error codes: words in lower case with dots between them. */
const ERROR_CODE_PREFIX = /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*\.?$/;

export const retrySchema = z.strictObject({
  maxAttempts: z.int().min(1).max(GRAPH_LIMITS.maxAttempts),
  backoffMs: z.int().min(0).max(GRAPH_LIMITS.maxBackoffMs).optional(),
  on: z
    .array(
      z.string().max(100).regex(ERROR_CODE_PREFIX, 'write the beginning of an error code, for example "http.status"'),
    )
    .min(1)
    .max(GRAPH_LIMITS.retryCodes)
    .optional(),
});

export const timeoutMsSchema = z.int().min(1).max(GRAPH_LIMITS.maxTimeoutMs);

export const nodeSchema = z.strictObject({
  id: z.string().regex(NODE_ID_PATTERN, 'a letter first, then letters, digits, _ and -, at most 64 in all'),
  kind: z.string(),
  name: z.string().max(GRAPH_LIMITS.nameLength).optional(),
  config: z.record(z.string(), z.unknown()),
  retry: retrySchema.optional(),
  timeoutMs: timeoutMsSchema.optional(),
  position: position.optional(),
});

export const edgeSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  port: z.string().optional(),
});
