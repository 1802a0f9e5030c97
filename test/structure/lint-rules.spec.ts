import { Linter } from 'eslint';
import { pathToFileURL } from 'node:url';
import { parser } from 'typescript-eslint';

const { housePlugin } = (await import(pathToFileURL('.config/eslint/house-plugin.js').href)) as { housePlugin: object };

/** Each habit, with code that must be refused and code that must pass. */
const HABITS: Record<string, { refused: string[]; allowed: string[] }> = {
  'no-environment': {
    refused: ['process.env.PORT', "process['env']", 'const { env } = process', "import { env } from 'node:process'"],
    allowed: ['process.pid', 'settings.env'],
  },
  'no-outbound-network': {
    refused: [
      "import { request } from 'node:http'",
      "import tls from 'tls'",
      "import { Agent } from 'undici'",
      "export { lookup } from 'node:dns/promises'",
      "await import('ws')",
      "const axios = require('axios')",
      "fetch('http://x')",
      'const call = globalThis.fetch',
      "new WebSocket('ws://x')",
      "import { fetch } from 'undici'",
      "import * as https from 'https'",
      "export * from 'node:http2'",
      "import dgram from 'node:dgram'",
      "import { open } from 'node:inspector'",
      "import { io } from 'socket.io-client'",
      'await import(`node:net`)',
      "globalThis['fetch']('http://x')",
      'const { fetch: call } = globalThis',
      "process.getBuiltinModule('node:http')",
      'new EventSource(url)',
      'void [url].map(fetch)',
    ],
    allowed: [
      "import type { IncomingMessage } from 'node:http'",
      "import { type Server } from 'node:http'",
      'function use(fetch: () => void) { fetch() }',
      'type Fetch = typeof fetch',
      'egress.fetch(url)',
      'const { fetch } = options',
    ],
  },
  'no-bare-driver': {
    refused: [
      "import pg from 'pg'",
      "await import('mariadb')",
      'await import(`pg`)',
      "process.getBuiltinModule('node:child_process')",
      "import { createTransport } from 'nodemailer'",
      "import { Redis } from 'ioredis'",
      "import { spawn } from 'node:child_process'",
      "import { execFile } from 'child_process'",
      "import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'",
    ],
    allowed: ["import type { Pool } from 'pg'", "import { Client } from '@modelcontextprotocol/sdk/client/index.js'"],
  },
  'sdk-takes-egress': {
    refused: [
      "import OpenAI from 'openai'; new OpenAI({ apiKey })",
      "import { Octokit as Client } from '@octokit/rest'; new Client()",
      "import * as slack from '@slack/web-api'; new slack.WebClient(token)",
      "const { Anthropic: Client } = await import('@anthropic-ai/sdk'); new Client(options)",
      "const sdk = await import('ollama'); new sdk.Ollama({ host })",
      "new (await import('openai')).OpenAI({ apiKey })",
      "import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'; new StreamableHTTPClientTransport(url)",
    ],
    allowed: [
      "import OpenAI from 'openai'; new OpenAI({ apiKey, fetch })",
      "const { Octokit } = await import('@octokit/rest'); new Octokit({ request: { fetch: ours } })",
      "import type OpenAI from 'openai'; new Map<string, OpenAI>()",
      'new Client(options)',
    ],
  },
  'across-orgs-reason': {
    refused: ['acrossOrgs(reason, work)', "acrossOrgs('because', work)", 'tenancy.acrossOrgs(`x ${y} z`, work)'],
    allowed: ["acrossOrgs('sign-in happens before an organisation is known', work)"],
  },
  'no-bare-repository': {
    refused: [
      "import { DataSource } from 'typeorm'",
      "import { InjectRepository } from '@nestjs/typeorm'",
      'manager.getRepository(Agent)',
    ],
    allowed: ["import { Entity, Column } from 'typeorm'"],
  },
  'named-exports-only': {
    refused: ['export default class A {}', 'const a = 1; export { a as default }'],
    allowed: ['export const a = 1'],
  },
};

function messages(rule: string, code: string): string[] {
  const configuration = {
    files: ['**/*.ts'],
    languageOptions: { parser, sourceType: 'module' as const },
    plugins: { house: housePlugin },
    rules: { [`house/${rule}`]: 'error' as const },
  };
  return new Linter().verify(code, [configuration], 'libs/agents/src/agents.service.ts').map((found) => found.message);
}

describe.each(Object.entries(HABITS))('lint rule house/%s', (rule, { refused, allowed }) => {
  it.each(refused)('refuses  %s', (code) => {
    expect(messages(rule, code).join()).toMatch(/\.$/);
  });

  it.each(allowed)('allows  %s', (code) => {
    expect(messages(rule, code)).toEqual([]);
  });
});
