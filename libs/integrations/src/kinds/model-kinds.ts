import type { CredentialKind } from './credential-kind.js';
import { baseUrl, baseUrlOf, bearer, hostOfBaseUrl, secret, text } from './fields.js';

const OPENAI = 'https://api.openai.com/v1';
const ANTHROPIC = 'https://api.anthropic.com';
const GOOGLE = 'https://generativelanguage.googleapis.com';

/** Keys of model providers. */
export const MODEL_KINDS: readonly CredentialKind[] = [
  {
    kind: 'openai',
    title: 'OpenAI',
    description: 'API key of OpenAI.',
    group: 'models',
    fields: [
      secret('apiKey', 'API key', { placeholder: 'sk-…' }),
      text('organization', 'Organisation', { required: false }),
      text('project', 'Project', { required: false }),
      baseUrl(OPENAI),
    ],
    hosts: (values) => hostOfBaseUrl(values, OPENAI),
    headers: ({ apiKey, organization, project }) => ({
      ...bearer(apiKey),
      ...(organization && { 'openai-organization': organization }),
      ...(project && { 'openai-project': project }),
    }),
    test: (values) => ({ method: 'GET', url: `${baseUrlOf(values, OPENAI)}/models` }),
  },
  {
    kind: 'anthropic',
    title: 'Anthropic',
    description: 'API key of Anthropic.',
    group: 'models',
    fields: [secret('apiKey', 'API key', { placeholder: 'sk-ant-…' }), baseUrl(ANTHROPIC)],
    hosts: (values) => hostOfBaseUrl(values, ANTHROPIC),
    headers: ({ apiKey }) => ({ 'x-api-key': apiKey ?? '', 'anthropic-version': '2023-06-01' }),
    test: (values) => ({ method: 'GET', url: `${baseUrlOf(values, ANTHROPIC)}/v1/models?limit=1` }),
  },
  {
    kind: 'google',
    title: 'Google Gemini',
    description: 'API key of Google AI Studio.',
    group: 'models',
    fields: [secret('apiKey', 'API key'), baseUrl(GOOGLE)],
    hosts: (values) => hostOfBaseUrl(values, GOOGLE),
    headers: ({ apiKey }) => ({ 'x-goog-api-key': apiKey ?? '' }),
    test: (values) => ({ method: 'GET', url: `${baseUrlOf(values, GOOGLE)}/v1beta/models?pageSize=1` }),
  },
  {
    kind: 'ollama',
    title: 'Ollama',
    description: 'An Ollama server, with a key where a proxy before it wants one.',
    group: 'models',
    fields: [
      baseUrl(null, { placeholder: 'http://localhost:11434' }),
      secret('apiKey', 'API key', { required: false }),
    ],
    hosts: (values) => hostOfBaseUrl(values),
    headers: ({ apiKey }) => bearer(apiKey),
    test: (values) => ({ method: 'GET', url: `${baseUrlOf(values)}/api/tags` }),
  },
  {
    kind: 'openai-compatible',
    title: 'OpenAI-compatible service',
    description: 'Any service that speaks OpenAI’s chat completions: vLLM, Groq, Together, LM Studio, a gateway.',
    group: 'models',
    fields: [
      baseUrl(null, { placeholder: 'https://models.example.com/v1' }),
      secret('apiKey', 'API key', { required: false }),
    ],
    hosts: (values) => hostOfBaseUrl(values),
    headers: ({ apiKey }) => bearer(apiKey),
    test: (values) => ({ method: 'GET', url: `${baseUrlOf(values)}/models` }),
  },
];
