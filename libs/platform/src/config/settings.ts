import { resolve } from 'node:path';
import type { z } from 'zod';
import { environmentSchema } from './environment.js';
import { SettingsError } from './settings-error.js';

/** `all` is API, dashboard and worker in one process. */
export type Role = 'all' | 'api' | 'worker';

/** The checked environment, cut into the slices that modules ask for. */
export interface Settings {
  readonly role: Role;
  readonly production: boolean;
  /** Absolute path. */
  readonly dataDirectory: string;
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Whether a person chose the port; otherwise the next free one may be taken. */
    readonly portChosen: boolean;
    /** Null: the address the request came to. */
    readonly publicUrl: string | null;
    readonly corsOrigins: readonly string[];
    readonly trustedProxies: readonly string[];
    readonly bodyLimitBytes: number;
    readonly apiDocs: boolean;
    readonly metricsToken: string | null;
  };
  readonly database: {
    /** Null: embedded PGlite in the data directory. */
    readonly url: string | null;
    readonly poolSize: number;
  };
  /** Null: in-process queue and events. */
  readonly redisUrl: string | null;
  readonly auth: { readonly jwtSecret: string | null };
  readonly encryptionKey: string | null;
  /** They only open what was sealed with them, until `npm run rotate-key` has been run. */
  readonly earlierEncryptionKeys: readonly string[];
  readonly firstRun: {
    readonly org: string | null;
    readonly email: string | null;
    readonly password: string | null;
    readonly apiKey: string | null;
    readonly plan: 'free' | 'basic' | 'pro' | 'enterprise';
  };
  readonly logging: { readonly level: string };
  readonly mail: { readonly smtpUrl: string | null; readonly from: string };
  readonly egress: { readonly allowCidrs: readonly string[]; readonly trustedOrigins: readonly string[] };
  readonly models: {
    readonly openai: { readonly apiKey: string; readonly baseUrl: string | null } | null;
    readonly anthropic: { readonly apiKey: string } | null;
    readonly google: { readonly apiKey: string } | null;
    readonly ollama: { readonly baseUrl: string } | null;
    readonly simulatedWordsPerSecond: number;
  };
  readonly billing: {
    /** What one person may spend on models per day, where the organisation has said nothing. */
    readonly userDayMicroUsd: number;
    /** Per person and minute; the plan `enterprise` has none. */
    readonly tiers: Readonly<
      Record<'free' | 'basic' | 'pro', { readonly requestsPerMinute: number; readonly tokensPerMinute: number }>
    >;
  };
  readonly executions: {
    readonly workerConcurrency: number;
    readonly orgConcurrentRuns: number;
    readonly orgQueuedRuns: number;
    readonly retentionDays: number;
    readonly leaseMs: number;
    readonly drainMs: number;
  };
}

/**
 * Reads and checks everything at once.
 * @param environment usually `process.env`
 * @throws SettingsError with one line per wrong value
 */
export function loadSettings(environment: NodeJS.ProcessEnv, role: Role): Settings {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const checked = environmentSchema.safeParse(present);
  const wrong = [
    ...(checked.error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}.`),
    ...wrongSecrets(present),
    ...wrongFirstRun(present),
    ...wrongTracing(present),
  ];
  if (!checked.success || wrong.length > 0) throw new SettingsError(wrong);
  return toSettings(checked.data, role, present['PORT'] !== undefined);
}

/** {@link loadSettings} of this process's own environment. */
export function loadProcessSettings(role: Role): Settings {
  return loadSettings(process.env, role);
}

const FAMILIAR_SECRETS = /^(change.?me|secret|password|default|example|test|dev)/i;

function wrongSecrets(values: NodeJS.ProcessEnv): string[] {
  const wrong: string[] = [];
  const production = values['NODE_ENV'] === 'production';
  for (const name of ['JWT_SECRET', 'ENCRYPTION_KEY'] as const) {
    const value = values[name];
    const fix = `Make one with: node -e "console.log(require('crypto').randomBytes(32).toString('base64url'))"`;
    if (value === undefined) {
      if (production) wrong.push(`${name} is missing; production does not start without its own. ${fix}`);
    } else if (value.length < 32 || FAMILIAR_SECRETS.test(value) || new Set(value).size < 10) {
      wrong.push(`${name} is too short or too easy to guess; use at least 32 random characters. ${fix}`);
    }
  }
  return wrong;
}

function wrongFirstRun(values: NodeJS.ProcessEnv): string[] {
  const wrong: string[] = [];
  const firstRun = ['AGENTFLOW_INIT_EMAIL', 'AGENTFLOW_INIT_PASSWORD', 'AGENTFLOW_INIT_ORG'].map(
    (name) => values[name],
  );
  const named = firstRun.filter((value) => value !== undefined).length;
  if (named !== 0 && named !== firstRun.length) {
    wrong.push(
      'AGENTFLOW_INIT_ORG, AGENTFLOW_INIT_EMAIL and AGENTFLOW_INIT_PASSWORD belong together; set all three or none.',
    );
  }
  if (values['AGENTFLOW_INIT_API_KEY'] !== undefined && named === 0) {
    wrong.push('AGENTFLOW_INIT_API_KEY needs an organisation: set AGENTFLOW_INIT_ORG, _EMAIL and _PASSWORD as well.');
  }
  return wrong;
}

/** LangChain would send every prompt there by itself, past the egress door. */
function wrongTracing(values: NodeJS.ProcessEnv): string[] {
  return ['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING', 'LANGCHAIN_TRACING_V2']
    .filter((name) => values[name] !== undefined && values[name] !== 'false')
    .map((name) => `${name} is set: prompts would leave AgentFlow beside its one way out. Unset it.`);
}

function toSettings(values: z.output<typeof environmentSchema>, role: Role, portChosen: boolean): Settings {
  const production = values.NODE_ENV === 'production';
  const openaiBaseUrl = values.OPENAI_BASE_URL ?? null;
  const ollamaBaseUrl = values.OLLAMA_BASE_URL ?? null;
  return {
    role,
    production,
    dataDirectory: resolve(values.AGENTFLOW_DATA_DIR),
    http: {
      host: values.HOST,
      port: values.PORT,
      portChosen,
      publicUrl: values.PUBLIC_URL?.replace(/\/$/, '') ?? null,
      corsOrigins: values.CORS_ORIGINS,
      trustedProxies: values.TRUSTED_PROXIES,
      bodyLimitBytes: values.BODY_LIMIT_BYTES,
      apiDocs: values.API_DOCS ?? !production,
      metricsToken: values.METRICS_TOKEN ?? null,
    },
    database: { url: values.DATABASE_URL ?? null, poolSize: values.DATABASE_POOL_SIZE },
    redisUrl: values.REDIS_URL ?? null,
    auth: { jwtSecret: values.JWT_SECRET ?? null },
    encryptionKey: values.ENCRYPTION_KEY ?? null,
    earlierEncryptionKeys: values.ENCRYPTION_KEY_PREVIOUS,
    firstRun: {
      org: values.AGENTFLOW_INIT_ORG ?? null,
      email: values.AGENTFLOW_INIT_EMAIL ?? null,
      password: values.AGENTFLOW_INIT_PASSWORD ?? null,
      apiKey: values.AGENTFLOW_INIT_API_KEY ?? null,
      plan: values.AGENTFLOW_INIT_PLAN,
    },
    logging: { level: values.LOG_LEVEL },
    mail: { smtpUrl: values.SMTP_URL ?? null, from: values.MAIL_FROM },
    egress: {
      allowCidrs: values.EGRESS_ALLOW_CIDRS,
      trustedOrigins: [openaiBaseUrl, ollamaBaseUrl].flatMap((url) => (url === null ? [] : [new URL(url).origin])),
    },
    models: {
      openai:
        values.OPENAI_API_KEY !== undefined || openaiBaseUrl !== null
          ? { apiKey: values.OPENAI_API_KEY ?? 'none', baseUrl: openaiBaseUrl }
          : null,
      anthropic: values.ANTHROPIC_API_KEY === undefined ? null : { apiKey: values.ANTHROPIC_API_KEY },
      google: values.GOOGLE_API_KEY === undefined ? null : { apiKey: values.GOOGLE_API_KEY },
      ollama: ollamaBaseUrl === null ? null : { baseUrl: ollamaBaseUrl },
      simulatedWordsPerSecond: values.SIMULATED_WORDS_PER_SECOND,
    },
    billing: {
      userDayMicroUsd: values.AI_USER_DAY_BUDGET_MICRO_USD,
      tiers: {
        free: { requestsPerMinute: values.AI_FREE_TIER_RPM, tokensPerMinute: values.AI_FREE_TIER_TPM },
        basic: { requestsPerMinute: values.AI_BASIC_TIER_RPM, tokensPerMinute: values.AI_BASIC_TIER_TPM },
        pro: { requestsPerMinute: values.AI_PRO_TIER_RPM, tokensPerMinute: values.AI_PRO_TIER_TPM },
      },
    },
    executions: {
      workerConcurrency: values.WORKER_CONCURRENCY,
      orgConcurrentRuns: values.ORG_CONCURRENT_RUNS,
      orgQueuedRuns: values.ORG_QUEUED_RUNS,
      retentionDays: values.RETENTION_DAYS,
      leaseMs: values.LEASE_MS,
      drainMs: values.DRAIN_MS,
    },
  };
}
