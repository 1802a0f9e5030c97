import { TcpProxy } from '../../../libs/platform/src/testing/tcp-proxy.js';
import { freePort } from '../../support/processes/free-port.js';
import { type ServerCommand, ServerProcess } from '../../support/processes/server-process.js';

export type MemberRole = 'api' | 'worker' | 'all';

export interface Stores {
  /** Null for the embedded ones. */
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
}

/** One process of the installation under test, with lines to its stores that can be cut or stalled. */
export class Member {
  private process: ServerProcess | null = null;
  private readonly past: ServerProcess[] = [];
  private isExpectedToEnd = false;
  private isFrozen = false;
  private thawedAt = 0;
  private heard = 0;

  private constructor(
    readonly name: string,
    readonly role: MemberRole,
    private readonly command: ServerCommand,
    readonly url: string,
    /** Its lines to Postgres and Redis. */
    readonly database: TcpProxy | null,
    readonly redis: TcpProxy | null,
  ) {}

  static async prepare(
    name: string,
    role: MemberRole,
    { databaseUrl, redisUrl }: Stores,
    settings: Readonly<Record<string, string>>,
  ): Promise<Member> {
    const [database, redis, port] = await Promise.all([
      databaseUrl === null ? null : TcpProxy.before(databaseUrl, 5432),
      redisUrl === null ? null : TcpProxy.before(redisUrl, 6379),
      freePort(),
    ]);
    const command: ServerCommand = {
      entry: role === 'worker' ? 'apps/worker/src/main.js' : 'apps/api/src/main.js',
      args: role === 'api' ? ['--role=api'] : [],
      settings: {
        ...settings,
        PORT: String(port),
        ...(database && { DATABASE_URL: database.url }),
        ...(redis && { REDIS_URL: redis.url }),
      },
    };
    return new Member(name, role, command, `http://127.0.0.1:${port}`, database, redis);
  }

  get alive(): boolean {
    return this.process?.alive ?? false;
  }

  get frozen(): boolean {
    return this.isFrozen;
  }

  /** When it was last let go on, epoch milliseconds; 0 for never. */
  get lastThawedAt(): number {
    return this.thawedAt;
  }

  get pid(): number {
    return this.process?.pid ?? 0;
  }

  /** What it has said since this was asked the last time. */
  takeNews(): string {
    const { said } = this;
    const news = said.slice(this.heard);
    this.heard = said.length;
    return news;
  }

  /** Whether a line of its log, from any of its lives, says this. */
  hasSaid(text: string): boolean {
    return this.said.includes(text);
  }

  /** Said when it is not alive although nobody ended it; null for a process in good order. */
  get unexpectedEnd(): string | null {
    const ended = this.process !== null && !this.process.alive && !this.isExpectedToEnd;
    return ended ? `${this.name} ended by itself: ${this.process?.stderr.slice(-2_000)}` : null;
  }

  async start(): Promise<void> {
    this.isExpectedToEnd = false;
    this.isFrozen = false;
    this.process = new ServerProcess(this.command);
    this.past.push(this.process);
    await this.process.ready();
  }

  async kill9(): Promise<void> {
    this.isExpectedToEnd = true;
    this.isFrozen = false;
    await this.process?.kill9();
  }

  /** SIGTERM. @throws Error when it does not end with code 0 */
  async terminate(): Promise<void> {
    if (!this.process?.alive) return;
    this.isExpectedToEnd = true;
    const { code, signal, stderr } = await this.process.terminate();
    if (code !== 0) throw new Error(`${this.name} ended with ${code ?? signal} instead of 0.\n${stderr}`);
  }

  freeze(): void {
    this.isFrozen = true;
    this.process?.freeze();
  }

  thaw(): void {
    this.process?.thaw();
    if (this.isFrozen) this.thawedAt = Date.now();
    this.isFrozen = false;
  }

  /** Lines mended, going on, alive. */
  async heal(): Promise<void> {
    this.database?.mend();
    this.redis?.mend();
    this.thaw();
    if (!this.alive) await this.start();
  }

  async discard(): Promise<void> {
    await this.kill9();
    await Promise.all([this.database?.close(), this.redis?.close()]);
  }

  /** Everything, from all its lives, in the order of those. */
  private get said(): string {
    return this.past.map(({ stdout, stderr }) => stdout + stderr).join('');
  }
}
