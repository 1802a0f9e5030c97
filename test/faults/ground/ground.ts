import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeEmptyDatabase } from '../../../libs/platform/src/testing/empty-embedded-database.js';
import { ApiClient } from '../../support/clients/api.client.js';
import { TestDatabase } from '../../support/stores/test-database.js';
import { MixAgents } from '../mix/mix-agents.js';
import { RecordingWorld } from '../outside/recording-world.js';
import { ScriptedProvider } from '../outside/scripted-provider.js';
import { Member, type Stores } from './member.js';
import { Observer } from './observer.js';
import { canStartPostgres, OwnPostgres } from './own-postgres.js';
import { findRedisServer, OwnRedis } from './own-redis.js';
import { secrets } from './secrets.js';

/** `cluster`: two API and two worker processes on Postgres and Redis. `embedded`: one process and nothing else. */
export type GroundKind = 'cluster' | 'embedded';

/** Why there can be no such installation here; null when there can. */
export function missingFor(kind: GroundKind): string | null {
  if (kind === 'embedded') return null;
  if (!process.env.TEST_DATABASE_URL) return 'TEST_DATABASE_URL is not set';
  return findRedisServer() === null ? 'there is no redis-server in PATH' : null;
}

/** Long enough for a loaded machine's hiccups, short enough for a suite. */
export const LEASE_MS = 3_000;

/** An installation under test with the outside world that it talks to, made once and used for many rounds. */
export class Ground {
  private constructor(
    readonly kind: GroundKind,
    readonly members: readonly Member[],
    readonly world: RecordingWorld,
    readonly provider: ScriptedProvider,
    /** Null when the database is embedded: only its own process can look into it. */
    readonly observer: Observer | null,
    readonly redis: OwnRedis | null,
    /** Null unless the suite may stop the database server. */
    readonly postgres: OwnPostgres | null,
    private readonly takeAway: () => Promise<void>,
  ) {}

  /** @param ownPostgres start a database server that may be restarted, when this machine can */
  static async start(kind: GroundKind, ownPostgres = false): Promise<Ground> {
    const folder = await mkdtemp(join(tmpdir(), 'agentflow-faults-'));
    const isCluster = kind === 'cluster';
    const postgres = isCluster && ownPostgres && (await canStartPostgres()) ? await OwnPostgres.start() : null;
    const database = isCluster && !postgres ? await TestDatabase.create() : null;
    const redis = isCluster ? await OwnRedis.start() : null;
    if (!isCluster) await placeEmptyDatabase(join(folder, 'database'));
    const [world, provider] = await Promise.all([RecordingWorld.start(), ScriptedProvider.start()]);
    const stores: Stores = { databaseUrl: postgres?.url ?? database?.url ?? null, redisUrl: redis?.url ?? null };
    const settings = {
      AGENTFLOW_DATA_DIR: folder,
      AGENTFLOW_INIT_ORG: 'Analytical Engines',
      AGENTFLOW_INIT_EMAIL: 'ada@example.com',
      AGENTFLOW_INIT_PASSWORD: secrets.password,
      AGENTFLOW_INIT_API_KEY: secrets.apiKey,
      JWT_SECRET: secrets.jwtSecret,
      ENCRYPTION_KEY: secrets.encryptionKey,
      OPENAI_API_KEY: secrets.providerKey,
      OPENAI_BASE_URL: provider.baseUrl,
      EGRESS_ALLOW_CIDRS: '127.0.0.0/8',
      SIMULATED_WORDS_PER_SECOND: '0',
      DATABASE_POOL_SIZE: '5',
      LEASE_MS: String(LEASE_MS),
      AI_FREE_TIER_RPM: '1000000',
      AI_FREE_TIER_TPM: '1000000000',
      DRAIN_MS: '2000',
    };
    const roles = isCluster ? (['api', 'api', 'worker', 'worker'] as const) : (['all'] as const);
    const members = await Promise.all(
      roles.map((role, index) => Member.prepare(`${role}-${(index % 2) + 1}`, role, stores, settings)),
    );
    const observer = stores.databaseUrl === null ? null : new Observer(stores.databaseUrl);
    const ground = new Ground(kind, members, world, provider, observer, redis, postgres, async () => {
      await Promise.all(members.map((member) => member.discard()));
      await Promise.all([world.stop(), provider.stop(), redis?.kill9()]);
      await database?.drop();
      await postgres?.discard();
      await rm(folder, { recursive: true, force: true });
    });
    try {
      // The first one makes the tables and the organisation; the others would only wait for it.
      await members[0]?.start();
      await Promise.all(members.slice(1).map((member) => member.start()));
      await ground.publishAgents();
    } catch (error) {
      await ground.discard();
      throw error;
    }
    return ground;
  }

  /** Agents of the mix by name, published once. */
  agents!: MixAgents;

  get isAlone(): boolean {
    return this.members.length === 1;
  }

  /** Processes with an API. */
  get apis(): readonly Member[] {
    return this.members.filter(({ role }) => role !== 'worker');
  }

  /** Processes that take background runs. */
  get workers(): readonly Member[] {
    return this.members.filter(({ role }) => role !== 'api');
  }

  /** The public API of one process, as the owner's API key. */
  clientOf({ url }: Member): ApiClient {
    return new ApiClient(url, secrets.apiKey);
  }

  /** An API that can answer now; the first one when none can. */
  get client(): ApiClient {
    const [first] = this.apis;
    const awake = this.apis.find(({ alive, frozen }) => alive && !frozen) ?? first;
    if (!awake) throw new Error('The installation has no API.');
    return this.clientOf(awake);
  }

  /** Ends a process as a crash does. Where nobody else could go on, it is started again at once. */
  async crash(...victims: readonly Member[]): Promise<void> {
    await Promise.all(victims.map((victim) => victim.kill9()));
    if (this.isAlone) await this.heal();
  }

  /** Everything runs, is connected and has room again. */
  async heal(): Promise<void> {
    this.world.releaseAll();
    if (this.redis && !this.redis.alive) await this.redis.start();
    await this.redis?.makeRoom();
    await Promise.all(this.members.map((member) => member.heal()));
  }

  /** Ends everything that was started and takes the stores away. */
  async discard(): Promise<void> {
    await this.observer?.close();
    await this.takeAway();
  }

  private async publishAgents(): Promise<void> {
    this.agents = await MixAgents.publish(this.client, this.world.url);
  }
}
