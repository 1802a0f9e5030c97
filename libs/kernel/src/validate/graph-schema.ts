import { z } from 'zod';
import { GRAPH_LIMITS } from '../graph-limits.js';
import { NODE_ID_PATTERN } from './node-id.js';

const position = z.strictObject({ x: z.number(), y: z.number() });

const retry = z.strictObject({
  maxAttempts: z.int().min(1).max(GRAPH_LIMITS.maxAttempts),
  backoffMs: z.int().min(0).max(GRAPH_LIMITS.maxBackoffMs).optional(),
});

export const nodeSchema = z.strictObject({
  id: z.string().regex(NODE_ID_PATTERN, 'a letter first, then letters, digits, _ and -, at most 64 in all'),
  kind: z.string(),
  name: z.string().max(GRAPH_LIMITS.nameLength).optional(),
  config: z.record(z.string(), z.unknown()),
  retry: retry.optional(),
  timeoutMs: z.int().min(1).max(GRAPH_LIMITS.maxTimeoutMs).optional(),
  position: position.optional(),
});

export const edgeSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  port: z.string().optional(),
});
