import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const whole = (least: number, most: number, preset: number) =>
  z.coerce
    .number({ error: 'must be a whole number' })
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`)
    .default(preset);

const onOff = z.enum(['true', 'false'], { error: 'must be true or false' }).transform((value) => value === 'true');

const list = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );

const listOf = (isPart: (part: string) => boolean, hint: string) =>
  list.refine((parts) => parts.every(isPart), {
    error: ({ input }) => `has ${(input as string[]).find((part) => !isPart(part)) ?? ''}, which is not ${hint}`,
  });

/** Names that Express knows for ranges of addresses. */
const NAMED_RANGES = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** Short and octal forms of IPv4 are refused: nobody can tell which range was meant by them. */
function isRange(part: string): boolean {
  if (part.includes(':')) return part.includes('/') ? ipaddr.IPv6.isValidCIDR(part) : ipaddr.IPv6.isValid(part);
  return part.includes('/') ? ipaddr.IPv4.isValidCIDRFourPartDecimal(part) : ipaddr.IPv4.isValidFourPartDecimal(part);
}

const isOrigin = (part: string): boolean => URL.canParse(part) && new URL(part).origin === part;

const url = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

/** Every setting there is. The description is what `.env.example` says of it. */
export const ENVIRONMENT = {
  NODE_ENV: z.string().default('development').describe('production refuses to start without its own secrets'),
  PORT: whole(0, 65_535, 3000).describe('Port of API and dashboard; when unset, the next free one from 3000'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for every interface'),
  PUBLIC_URL: url('http:', 'https:')
    .optional()
    .describe(
      'Address under which people and programs reach AgentFlow, for links in mail and as the Host that /mcp answers to',
    ),
  AGENTFLOW_DATA_DIR: z.string().default('./.agentflow').describe('Embedded database, secrets and mail outbox'),
  DATABASE_URL: url('postgres:', 'postgresql:')
    .optional()
    .describe('Postgres 15 or newer instead of the embedded database'),
  DATABASE_POOL_SIZE: whole(2, 200, 10).describe('Connections of one process to Postgres'),
  REDIS_URL: url('redis:', 'rediss:').optional().describe('Redis for the queue and live events between processes'),
  AGENTFLOW_INIT_ORG: z.string().optional().describe('Head-less first run: name of the organisation to make'),
  AGENTFLOW_INIT_EMAIL: z.email('must be an e-mail address').optional().describe('Head-less first run: its owner'),
  AGENTFLOW_INIT_PASSWORD: z
    .string()
    .min(10, 'needs at least 10 characters')
    .optional()
    .describe("The owner's password"),
  AGENTFLOW_INIT_API_KEY: z
    .string()
    .regex(/^af_[A-Za-z0-9_-]{16,120}$/, 'must start with af_ and go on with 16 to 120 letters, digits, _ or -')
    .optional()
    .describe('Head-less first run: an API key with every scope'),
  AGENTFLOW_INIT_PLAN: z
    .enum(['free', 'basic', 'pro', 'enterprise'], { error: 'must be free, basic, pro or enterprise' })
    .default('enterprise')
    .describe('Plan of the organisation of a first run; enterprise has no rate limits'),
  JWT_SECRET: z.string().optional().describe('Signs access tokens; 32 characters or more; required in production'),
  ENCRYPTION_KEY: z
    .string()
    .optional()
    .describe('Encrypts stored credentials; 32 characters or more; required in production'),
  ENCRYPTION_KEY_PREVIOUS: list
    .refine((keys) => keys.every((key) => key.length >= 32), 'must be keys of 32 characters or more, comma separated')
    .describe('Keys that still open what they sealed, comma separated; npm run rotate-key makes them needless'),
  CORS_ORIGINS: listOf(isOrigin, 'an origin such as https://app.example.org').describe(
    'Other origins whose pages may call the API, comma separated',
  ),
  TRUSTED_PROXIES: listOf(
    (part) => NAMED_RANGES.has(part) || isRange(part),
    'an address or a range such as 10.1.0.0/16',
  ).describe('Addresses or CIDRs of reverse proxies whose X-Forwarded-* headers count'),
  BODY_LIMIT_BYTES: whole(1_024, 104_857_600, 1_048_576).describe('Largest request body; larger ones get 413'),
  API_DOCS: onOff.optional().describe('Serve Swagger UI, ReDoc and the OpenAPI document; off by default in production'),
  METRICS_TOKEN: z
    .string()
    .min(16, 'needs at least 16 characters')
    .optional()
    .describe('Bearer token that /metrics then asks for'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace'], {
      error: 'must be fatal, error, warn, info, debug or trace',
    })
    .default('info')
    .describe('Least severity that is logged'),
  SMTP_URL: url('smtp:', 'smtps:')
    .optional()
    .describe('Mail server; without it, mails are files in the data directory'),
  MAIL_FROM: z.string().default('AgentFlow <no-reply@localhost>').describe('Sender of mails'),
  EGRESS_ALLOW_CIDRS: listOf(isRange, 'a range such as 10.1.0.0/16').describe(
    'Private address ranges that agents may reach, comma separated; none by default',
  ),
  OPENAI_API_KEY: z.string().optional().describe('Key of OpenAI or of any OpenAI-compatible service'),
  OPENAI_BASE_URL: url('http:', 'https:')
    .optional()
    .describe('Base URL of an OpenAI-compatible service; trusted for egress'),
  ANTHROPIC_API_KEY: z.string().optional().describe('Key of Anthropic'),
  GOOGLE_API_KEY: z.string().optional().describe('Key of the Gemini API'),
  OLLAMA_BASE_URL: url('http:', 'https:').optional().describe('Where Ollama listens; trusted for egress'),
  SIMULATED_WORDS_PER_SECOND: whole(0, 10_000, 60).describe('Pace of simulated/offline; 0 for as fast as possible'),
  WORKER_CONCURRENCY: whole(1, 1_000, 50).describe('Background runs that one process works on at a time'),
  ORG_CONCURRENT_RUNS: whole(1, 100_000, 200).describe(
    'Runs of one organisation under way at a time; more of them wait',
  ),
  ORG_QUEUED_RUNS: whole(0, 10_000_000, 10_000).describe(
    'Runs of one organisation that may wait; more are refused with 429',
  ),
  AI_FREE_TIER_RPM: whole(1, 1_000_000, 10).describe('Requests per minute that start model work, plan free'),
  AI_FREE_TIER_TPM: whole(1, 1_000_000_000, 50_000).describe('Tokens of models per minute, plan free'),
  AI_BASIC_TIER_RPM: whole(1, 1_000_000, 30).describe('Requests per minute that start model work, plan basic'),
  AI_BASIC_TIER_TPM: whole(1, 1_000_000_000, 200_000).describe('Tokens of models per minute, plan basic'),
  AI_PRO_TIER_RPM: whole(1, 1_000_000, 100).describe('Requests per minute that start model work, plan pro'),
  AI_PRO_TIER_TPM: whole(1, 1_000_000_000, 1_000_000).describe('Tokens of models per minute, plan pro'),
  AI_USER_DAY_BUDGET_MICRO_USD: whole(0, 1_000_000_000_000, 10_000_000).describe(
    'What one person may spend on models per day (UTC) unless the organisation says otherwise; 1000000 is one dollar',
  ),
  RETENTION_DAYS: whole(1, 36_500, 90).describe('Runs are kept for so many days, then let go by the month'),
  LEASE_MS: whole(1_000, 600_000, 10_000).describe('How long a silent process keeps a run before another takes over'),
  DRAIN_MS: whole(0, 600_000, 15_000).describe('How long shutdown waits for running work before handing it over'),
};

export const environmentSchema = z.object(ENVIRONMENT);
