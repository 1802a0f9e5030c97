import { z } from 'zod';
import type { GenerateRequest } from '../step-services.js';
import { askModel } from './ask-model.js';
import { defineNodeKind } from './define-node-kind.js';
import { shownRequest } from './shown-request.js';

const configSchema = z.strictObject({});

/** What its run was given: one question to a language model, or texts for an embedding model. */
type DirectCall = { readonly generate: GenerateRequest } | { readonly embed: { model: string; texts: string[] } };

/**
 * A model call that a client asks for itself, past every agent, as the one step of a run: recorded, limited and paid
 * for like any other. Not for graphs that people draw.
 */
export const directCallKind = defineNodeKind<z.infer<typeof configSchema>>({
  kind: 'direct-call',
  title: 'Direct model call',
  description: 'Asks the model that the input names.',
  icon: 'sparkles',
  group: 'model',
  effect: 'effectful',
  configSchema,
  defaults: {},
  ports: () => ['out'],
  summary: () => 'the model that the client names',
  compile: () => async (context) => {
    const call = context.scope.input as DirectCall;
    if ('embed' in call) {
      const { model, texts } = call.embed;
      context.showInput({ model, texts: texts.length });
      const { signal, idempotencyKey, path: stepPath, services } = context;
      const { usage, simulated, ...reply } = await services.embed(call.embed, { signal, idempotencyKey, stepPath });
      return { output: { ...reply, usage, simulated }, usage, simulated };
    }
    context.showInput(shownRequest(call.generate));
    const { warnings: _warnings, ...reply } = await askModel(call.generate, context);
    return { output: reply, usage: reply.usage, simulated: reply.simulated };
  },
});
