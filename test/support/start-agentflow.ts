import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeEmptyDatabase } from '../../libs/platform/src/testing/empty-embedded-database.js';
import { ApiClient } from './clients/api.client.js';
import { freePort } from './processes/free-port.js';
import { complaints } from './processes/log-check.js';
import { type ServerCommand, ServerProcess } from './processes/server-process.js';
import { setup } from './setup.js';
import { TestDatabase } from './stores/test-database.js';
import { TestRedis } from './stores/test-redis.js';

/** A process of an installation; `api` is the only one unless the set-up is `cluster`. */
export type Role = 'api' | 'second-api' | 'worker' | 'second-worker';

export interface AgentFlowOptions {
  /** Settings beside those of the set-up, for every process. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Complaints in the log that this test provokes; every other one fails it in `stop`. */
  readonly expectedComplaints?: readonly RegExp[];
}

/** The person and organisation of the head-less first run. */
export const firstOwner = { org: 'Analytical Engines', email: 'ada@example.com', password: 'correct-horse-battery' };

const FIRST_KEY = 'af_end_to_end_tests_0123456789';

/** Starts an installation as AGENTFLOW_TEST_SETUP says and waits until it is ready. Whoever starts it calls `stop`. */
export async function startAgentFlow(options: AgentFlowOptions = {}): Promise<AgentFlow> {
  const agentflow = await AgentFlow.prepare(options);
  try {
    await agentflow.restart();
  } catch (error) {
    await agentflow.discard();
    throw error;
  }
  return agentflow;
}

/** An installation made of real processes on stores of its own. */
export class AgentFlow {
  readonly apiKey = FIRST_KEY;
  private readonly processes = new Map<Role, ServerProcess>();
  private readonly past: ServerProcess[] = [];

  private constructor(
    readonly url: string,
    readonly dataDirectory: string,
    private readonly commands: Map<Role, ServerCommand>,
    private readonly database: TestDatabase | null,
    readonly redis: TestRedis | null,
    private readonly expectedComplaints: readonly RegExp[],
  ) {}

  static async prepare({ settings = {}, expectedComplaints = [] }: AgentFlowOptions): Promise<AgentFlow> {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'agentflow-e2e-'));
    const database = setup === 'embedded' ? null : await TestDatabase.create();
    if (!database) await placeEmptyDatabase(join(dataDirectory, 'database'));
    const redis = setup === 'cluster' ? await TestRedis.claim() : null;
    const port = await freePort();
    const shared = {
      AGENTFLOW_DATA_DIR: dataDirectory,
      AGENTFLOW_INIT_ORG: firstOwner.org,
      AGENTFLOW_INIT_EMAIL: firstOwner.email,
      AGENTFLOW_INIT_PASSWORD: firstOwner.password,
      AGENTFLOW_INIT_API_KEY: FIRST_KEY,
      EGRESS_ALLOW_CIDRS: '127.0.0.0/8',
      SIMULATED_WORDS_PER_SECOND: '0',
      LEASE_MS: '3000',
      // Organisations that sign up are on the plan `free`; a story about limits gives it some.
      AI_FREE_TIER_RPM: '1000000',
      AI_FREE_TIER_TPM: '1000000000',
      ...(database && { DATABASE_URL: database.url }),
      ...(redis && { REDIS_URL: redis.url }),
      ...settings,
    };
    const commands = new Map<Role, ServerCommand>([
      [
        'api',
        {
          entry: 'apps/api/src/main.js',
          args: setup === 'cluster' ? ['--role=api'] : [],
          settings: { ...shared, PORT: String(port) },
        },
      ],
    ]);
    if (setup === 'cluster') {
      const probePort = String(await freePort());
      commands.set('worker', { entry: 'apps/worker/src/main.js', settings: { ...shared, PORT: probePort } });
    }
    return new AgentFlow(`http://127.0.0.1:${port}`, dataDirectory, commands, database, redis, expectedComplaints);
  }

  /** Speaks the public API as the owner's API key. */
  get client(): ApiClient {
    return new ApiClient(this.url, this.apiKey);
  }

  /** Speaks the public API without a credential. */
  get anonymous(): ApiClient {
    return new ApiClient(this.url, null);
  }

  /** Base address of a process: that of the worker serves probes and metrics only. */
  urlOf(role: Role): string {
    return `http://127.0.0.1:${this.command(role).settings.PORT}`;
  }

  /** Every process of the installation. */
  get roles(): readonly Role[] {
    return [...this.commands.keys()];
  }

  /** The process that works on background runs: the worker where there is one. */
  get workingRole(): Role {
    return this.commands.has('worker') ? 'worker' : 'api';
  }

  /** Starts every process that does not run, and waits until all are ready. */
  async restart(): Promise<void> {
    // The API goes first: it makes the first organisation, and both would only wait for each other's migrations.
    for (const role of this.commands.keys()) {
      if (!this.processes.get(role)?.alive) await this.start(role);
    }
  }

  /** One more API on the same stores. @returns its address; that of the only one where the stores are in its process */
  async startSecondApi(): Promise<string> {
    if (!this.database) return this.url;
    const { entry, args, settings } = this.command('api');
    this.commands.set('second-api', { entry, args, settings: { ...settings, PORT: String(await freePort()) } });
    await this.start('second-api');
    return this.urlOf('second-api');
  }

  /** One more worker of a cluster, on the same stores. */
  async startSecondWorker(): Promise<void> {
    const { entry, settings } = this.command('worker');
    this.commands.set('second-worker', { entry, settings: { ...settings, PORT: String(await freePort()) } });
    await this.start('second-worker');
  }

  /** `kill -9` of one process, or of all, at the same moment. */
  async kill9(role?: Role): Promise<void> {
    await Promise.all(this.chosen(role).map((process) => process.kill9()));
  }

  /** SIGTERM to one process, or to all; they may finish or hand over. @throws Error when one does not end with code 0 */
  async terminate(role?: Role): Promise<void> {
    const exits = await Promise.all(this.chosen(role).map((process) => process.terminate()));
    for (const { code, signal, stderr } of exits) {
      if (code !== 0) throw new Error(`A process ended with ${code ?? signal} instead of 0.\n${stderr}`);
    }
  }

  /** Everything that all processes have said so far, those that were killed included. */
  logs(): string {
    return this.past.map((process) => process.stdout + process.stderr).join('');
  }

  /**
   * Ends what is left and takes the stores away.
   * @throws Error when a process did not end by itself, complained, or left a connection open
   */
  async stop(): Promise<void> {
    const wrong: string[] = [];
    await this.terminate().catch((error: unknown) => wrong.push((error as Error).message));
    for (const { stdout, stderr } of this.past) wrong.push(...complaints(stdout, stderr, this.expectedComplaints));
    const left = await this.discard();
    if (left > 0) wrong.push(`${left} connections to the database were still open after every process had ended.`);
    if (wrong.length > 0) throw new Error(`The installation did not end in good health:\n${wrong.join('\n')}`);
  }

  /** Ends everything at once, without asking how it was. @returns connections that were left open */
  async discard(): Promise<number> {
    await this.kill9();
    const left = (await this.database?.drop()) ?? 0;
    await this.redis?.release();
    await rm(this.dataDirectory, { recursive: true, force: true });
    return left;
  }

  private async start(role: Role): Promise<void> {
    const process = new ServerProcess(this.command(role));
    this.processes.set(role, process);
    this.past.push(process);
    await process.ready();
    const probe = await fetch(`${this.urlOf(role)}/health/ready`);
    if (!probe.ok) throw new Error(`${role} says that it is ready, its probe does not: ${await probe.text()}`);
  }

  private command(role: Role): ServerCommand {
    const command = this.commands.get(role);
    if (!command) throw new Error(`There is no ${role} in the set-up ${setup}.`);
    return command;
  }

  private chosen(role?: Role): ServerProcess[] {
    return [...this.processes]
      .filter(([name, process]) => (role === undefined || name === role) && process.alive)
      .map(([, process]) => process);
  }
}
