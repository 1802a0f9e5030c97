import { z } from 'zod';
import type { Problem } from '../problem.js';
import type { Source } from '../node-kind.js';
import { compileTemplate } from '../template/template.js';
import { pointer } from '../json/json-pointer.js';
import { defineNodeKind } from './define-node-kind.js';
import { credentialField, templateField } from './fields.js';
import { prepareHttpRequest } from './http/prepare-http-request.js';
import { sendHttpRequest } from './http/send-http-request.js';

const configSchema = z.strictObject({
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).meta({ title: 'Method', 'x-editor': 'select' }),
  url: templateField('URL', 'http or https. Pass values through url_encode: ?q={{ input.text | url_encode }}').min(1),
  headers: z
    .record(
      z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, 'header names are letters, digits and dashes'),
      templateField('Value', 'Header value').max(8_000),
    )
    .meta({ title: 'Headers', 'x-editor': 'key-values' })
    .optional(),
  body: templateField(
    'Body',
    'Sent as JSON when it is JSON. Pass values through json: {"q": {{ input.text | json }}}',
  ).optional(),
  credentialId: credentialField().optional(),
  idempotent: z
    .boolean()
    .meta({
      title: 'Safe to repeat',
      description: 'The service honours the Idempotency-Key header, so that a POST or PATCH may be tried again.',
      'x-editor': 'switch',
    })
    .optional(),
});

export type HttpConfig = z.infer<typeof configSchema>;

export const httpKind = defineNodeKind<HttpConfig>({
  kind: 'http',
  title: 'HTTP request',
  description: 'Calls a web service and continues with its answer.',
  icon: 'globe',
  group: 'integration',
  effect: 'effectful',
  configSchema,
  defaults: { method: 'GET', url: 'https://example.com' },
  ports: () => ['out'],
  summary: ({ method, url }) => `${method} ${url}`,
  sources: ({ url, headers, body }): readonly Source[] => [
    { pointer: '/config/url', language: 'template', text: url },
    ...Object.entries(headers ?? {}).map(
      ([name, text]) => ({ pointer: pointer('config', 'headers', name), language: 'template', text }) as const,
    ),
    ...(body ? [{ pointer: '/config/body', language: 'template', text: body } as const] : []),
  ],
  check: findBodyProblems,
  compile: (config) => {
    const url = compileTemplate(config.url);
    const body = config.body ? compileTemplate(config.body) : undefined;
    const headers = Object.entries(config.headers ?? {}).map(
      ([name, value]) => [name, compileTemplate(value)] as const,
    );
    return async (context) => {
      const { scope, idempotencyKey } = context;
      const request = prepareHttpRequest(
        {
          method: config.method,
          url: url.render(scope),
          headers: headers.map(([name, value]) => [name, value.render(scope)]),
          body: body?.render(scope),
          credentialId: config.credentialId,
        },
        idempotencyKey,
      );
      return { output: await sendHttpRequest(request, config.idempotent ?? false, context) };
    };
  },
});

function findBodyProblems({ method, body }: HttpConfig): readonly Problem[] {
  if (!body || (method !== 'GET' && method !== 'HEAD')) return [];
  const message = `A ${method} request has no body: remove it or choose another method.`;
  return [{ pointer: '/config/body', code: 'http.body_not_allowed', message }];
}
