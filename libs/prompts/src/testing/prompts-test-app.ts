import type { Server } from 'node:http';
import { Global, Module } from '@nestjs/common';
import request from 'supertest';
import { type Permission, PERMISSIONS } from '#auth';
import { newId } from '#platform/ids';
import { DomainApp, headersOf } from '../../../auth/src/testing/domain-app.js';
import { type PromptUser, PromptUses } from '../prompt-uses.js';
import { PromptsApiModule } from '../prompts-api.module.js';
import { type StartedTryRun, TryRun, type TryRunRequest } from '../trials/try-run.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AnswerBody;
}

/** What answers may contain, whichever route they come from; a test knows what it asked for. */
export interface AnswerBody {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly code: string;
  readonly errors: readonly { readonly pointer: string; readonly code: string; readonly message: string }[];
  readonly data: readonly { readonly [field: string]: unknown; readonly executionId: string }[];
  readonly nextCursor: string;
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** One person in an organisation of their own, speaking the public API. */
export class TestPerson {
  constructor(
    private readonly server: Server,
    readonly orgId: string,
    readonly userId: string,
    private readonly permissions: readonly Permission[] = PERMISSIONS,
  ) {}

  with(permissions: readonly Permission[]): TestPerson {
    return new TestPerson(this.server, this.orgId, this.userId, permissions);
  }

  async send(method: Method, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
    const call = request(this.server)
      [method](`/api/v1${path}`)

      .set(headersOf(this, this.permissions))
      .set(headers);
    const { status, headers: theirs, body: answer } = body === undefined ? await call : await call.send(body);
    return { status, headers: theirs, body: answer as AnswerBody };
  }

  /** A new prompt's id. */
  async create(name: string, draft?: object): Promise<string> {
    const { status, body } = await this.send('post', '/prompts', { name, ...(draft && { draft }) });
    if (status !== 201) throw new Error(`The prompt was not made: ${JSON.stringify(body)}`);
    return body.id;
  }
}

/** Stands for the runs: remembers what it was asked to start. */
export class FakeTryRun extends TryRun {
  readonly started: TryRunRequest[] = [];
  private readonly byKey = new Map<string, string>();

  run(asked: TryRunRequest): Promise<StartedTryRun> {
    const { key } = asked.idempotency ?? {};
    const earlier = key === undefined ? undefined : this.byKey.get(key);
    if (earlier !== undefined) return Promise.resolve({ executionId: earlier, replayed: true });
    const executionId = newId();
    if (key !== undefined) this.byKey.set(key, executionId);
    this.started.push(asked);
    return Promise.resolve({ executionId, replayed: false });
  }
}

/** The prompts domain. Signing in and runs are replaced. */
export class PromptsTestApp {
  private constructor(private readonly app: DomainApp) {}

  static async start(): Promise<PromptsTestApp> {
    return new PromptsTestApp(await DomainApp.start([RunsModule, PromptsApiModule]));
  }

  get runs(): FakeTryRun {
    return this.app.get(TryRun) as FakeTryRun;
  }

  async newPerson(): Promise<TestPerson> {
    const { orgId, userId } = await this.app.newPerson();
    return new TestPerson(this.app.server, orgId, userId);
  }

  /** From now on, somebody outside of the library is asked who uses a prompt. */
  announce(user: PromptUser): void {
    this.app.get(PromptUses).announce(user);
  }

  stop(): Promise<void> {
    return this.app.stop();
  }
}

/** Runs that are only remembered. */
@Global()
@Module({ providers: [{ provide: TryRun, useClass: FakeTryRun }], exports: [TryRun] })
class RunsModule {}
