import { setTimeout as sleep } from 'node:timers/promises';
import type { StartRequest } from '../support/clients/executions.client.js';
import type { Ground } from './ground/ground.js';
import type { Member } from './ground/member.js';
import { type MixName, mixNames } from './mix/mix-agents.js';
import { Person } from './mix/person.js';
import { SeededRandom } from './seeded-random.js';

/** A run that was accepted: the API answered its start with 2xx. */
export interface AcceptedRun {
  readonly id: string;
  /** Unique in the installation; also its Idempotency-Key and its `metadata.name`. */
  readonly name: string;
  readonly agent: MixName | 'other';
  /** Whether it has to succeed for the round to pass. Others only have to end. */
  readonly mustSucceed: boolean;
}

const START_WITHIN_MS = 60_000;
const ANSWER_WITHIN_MS = 10_000;

/** Rounds of one process are numbered, so that no two runs of an installation share a name. */
let rounds = 0;

/** One play of one scenario: what was started, when the fault was, what is random in it. */
export class Round {
  readonly random: SeededRandom;
  readonly runs: AcceptedRun[] = [];
  /** Figures that the scenario wants to be seen. */
  readonly notes: string[] = [];
  /** Answers to starts that asked for another try. */
  readonly refusals: string[] = [];
  readonly startedAt = Date.now();
  readonly person: Person;
  private readonly prefix = `r${(rounds += 1)}`;
  private started = 0;
  private fault: number | null = null;

  constructor(
    readonly ground: Ground,
    readonly seed: number,
    /** The long form, in which a fault may take as long as it takes in life. */
    readonly isLong: boolean,
  ) {
    this.random = new SeededRandom(seed);
    this.person = new Person(ground);
  }

  /** When the fault happened, epoch milliseconds; null for a scenario without a moment. */
  get faultAt(): number | null {
    return this.fault;
  }

  /** Marks this moment as that of the fault. */
  faultHappens(): void {
    this.fault ??= Date.now();
  }

  note(text: string): void {
    this.notes.push(text);
  }

  /** @throws Error when it is not so */
  expect(isSo: boolean, otherwise: string): void {
    if (!isSo) throw new Error(otherwise);
  }

  async pause(fromMs: number, toMs = fromMs): Promise<void> {
    await sleep(this.random.between(fromMs, toMs));
  }

  /** Waits until it is so. @throws Error after the limit */
  async until(isSo: () => boolean | Promise<boolean>, what: string, withinMs = 30_000): Promise<void> {
    const giveUpAt = Date.now() + withinMs;
    while (!(await isSo())) {
      if (Date.now() > giveUpAt) throw new Error(`Waited ${withinMs} ms in vain: ${what}`);
      await sleep(25);
    }
  }

  /** Starts one run of every agent of the mix, in the background, all at once. */
  async startMix(names: readonly MixName[] = mixNames): Promise<AcceptedRun[]> {
    return Promise.all(names.map((name) => this.start(name)));
  }

  /** Starts a run of the mix, as patiently as a client with a retrying library: same key, any API. */
  start(agent: MixName): Promise<AcceptedRun> {
    return this.startAgent({ agentId: this.ground.agents.idOf(agent) }, { agent });
  }

  /** A name that no other run of the installation has. */
  newName(agent: string): string {
    return `${this.prefix}-${agent}-${(this.started += 1)}`;
  }

  /** As {@link start}, for an agent that the scenario drew itself. */
  async startAgent(
    request: StartRequest,
    { agent = 'other', name = this.newName(agent), mustSucceed = true }: Partial<Omit<AcceptedRun, 'id'>> = {},
  ): Promise<AcceptedRun> {
    const input = { name, ...(request.input as Record<string, unknown> | undefined) };
    const body = JSON.stringify({ ...request, input, metadata: { ...request.metadata, name } });
    const giveUpAt = Date.now() + START_WITHIN_MS;
    for (let tried = 0; ; tried += 1) {
      const id = await this.tryStart(this.api(tried), body, name).catch(rethrowRefusal);
      if (id !== null) {
        const run = { id, name, agent, mustSucceed };
        this.runs.push(run);
        return run;
      }
      if (Date.now() > giveUpAt) throw new Error(`No API accepted ${name} within ${START_WITHIN_MS} ms.`);
      await sleep(100);
    }
  }

  /** Keeps a run that the scenario started in its own way, for the checks afterwards. */
  accepted(id: string, name: string, agent: AcceptedRun['agent'] = 'other', mustSucceed = true): void {
    this.runs.push({ id, name, agent, mustSucceed });
  }

  /** One API or another, by chance the first time and by turns then. */
  private api(tried: number): Member {
    const { apis } = this.ground;
    const first = this.random.between(0, apis.length - 1);
    const member = apis[(first + tried) % apis.length];
    if (!member) throw new Error('The installation has no API.');
    return member;
  }

  /** @returns the id, or null when the start may be tried again. @throws RefusedStart for an answer that no trying again can mend */
  private async tryStart(api: Member, body: string, key: string): Promise<string | null> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    const { http } = this.ground.clientOf(api);
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const response = await http.open('POST', '/api/v1/executions', body, headers, signal);
    const text = await response.text();
    if (response.status >= 500 || response.status === 409 || response.status === 429) {
      this.refusals.push(`${response.status} ${text}`);
      return null;
    }
    if (response.status >= 300) throw new RefusedStart(`The start of ${key} answered ${response.status}: ${text}`);
    return (JSON.parse(text) as { id: string }).id;
  }
}

class RefusedStart extends Error {}

/** No answer at all may be an answer the next time. */
function rethrowRefusal(error: unknown): null {
  if (error instanceof RefusedStart) throw error;
  return null;
}
