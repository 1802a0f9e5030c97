import { z } from 'zod';
import { defineNodeKind } from './define-node-kind.js';

const configSchema = z.strictObject({});

export const parallelKind = defineNodeKind<z.infer<typeof configSchema>>({
  kind: 'parallel',
  title: 'Parallel',
  description: 'Goes on by all its edges at once; a join brings them together again.',
  icon: 'git-fork',
  group: 'flow',
  effect: 'pure',
  configSchema,
  defaults: {},
  needsEdges: true,
  ports: () => ['out'],
  summary: () => 'all ways at once',
  compile: () => () => ({ output: null }),
});
