import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions';
import type { CallWarning } from '../../model/call-warning.js';
import type { JsonSchema } from '../../model/json-schema.js';
import type { ResponseFormat } from '../../model/response-format.js';

type JsonFormat = Extract<ResponseFormat, { type: 'json' }>;

interface ConvertedFormat {
  readonly responseFormat: NonNullable<ChatCompletionCreateParams['response_format']>;
  readonly warnings: readonly CallWarning[];
}

/** Strict mode where the schema allows it; otherwise a request that the answer is checked against afterwards. */
export function convertToOpenAIResponseFormat(format: JsonFormat): ConvertedFormat {
  if (!format.schema) return { responseFormat: { type: 'json_object' }, warnings: [] };
  const obstacle = whyNotStrict(format.schema, '');
  return {
    responseFormat: {
      type: 'json_schema',
      json_schema: {
        name: (format.name ?? 'answer').replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'answer',
        schema: { ...format.schema },
        strict: obstacle === undefined,
      },
    },
    warnings: obstacle === undefined ? [] : [notStrict(obstacle)],
  };
}

function notStrict(obstacle: string): CallWarning {
  return {
    kind: 'unsupported-setting',
    setting: 'responseFormat.schema',
    message: `The provider cannot enforce this schema while generating (${obstacle}); the answer is checked afterwards instead.`,
  };
}

/** Strict mode wants every object closed and every property required, and knows neither allOf nor patternProperties. */
function whyNotStrict(schema: unknown, path: string): string | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  const node = schema as JsonSchema;
  const place = path === '' ? 'the root' : path;
  if (path === '' && node['type'] !== 'object') return 'the root is not an object';
  for (const keyword of ['allOf', 'oneOf', 'not', 'if', 'patternProperties', 'prefixItems', 'uniqueItems']) {
    if (keyword in node) return `${place} uses ${keyword}`;
  }
  const properties = node['properties'] as Record<string, unknown> | undefined;
  if (properties || node['type'] === 'object') {
    if (node['additionalProperties'] !== false) return `${place} lacks additionalProperties: false`;
    const required = new Set(Array.isArray(node['required']) ? node['required'] : []);
    const optional = Object.keys(properties ?? {}).find((name) => !required.has(name));
    if (optional !== undefined) return `${place}.${optional} is not required`;
  }
  const children: [string, unknown][] = [
    ...Object.entries(properties ?? {}).map(([name, child]): [string, unknown] => [`${place}.${name}`, child]),
    ...Object.entries(node['$defs'] ?? {}).map(([name, child]): [string, unknown] => [`$defs.${name}`, child]),
    ...(Array.isArray(node['anyOf']) ? node['anyOf'] : []).map((child, index): [string, unknown] => [
      `${place}.anyOf[${index}]`,
      child,
    ]),
    [`${place}[]`, node['items']],
  ];
  for (const [childPath, child] of children) {
    const obstacle = whyNotStrict(child, childPath);
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}
