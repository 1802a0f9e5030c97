import { RunAborted } from '../run-aborted.js';
import type {
  EffectRecord,
  KernelEvents,
  KernelEventType,
  RunHost,
  RunLimits,
  StepRecord,
  WaitAnswer,
  WaitRequest,
} from '../run-host.js';
import type { StepServices } from '../step-services.js';
import { FakeStepServices } from './fake-step-services.js';

export interface RecordedEvent {
  readonly type: KernelEventType;
  readonly stepId: string;
  readonly data: unknown;
}

export interface MemoryRunHostOptions {
  readonly services?: StepServices;
  readonly limits?: Partial<RunLimits>;
  readonly vars?: Readonly<Record<string, unknown>>;
  /** The commit, counted from 1, at which the process "crashes": it and all later ones are lost. */
  readonly crashAtCommit?: number;
  /** What an earlier attempt has committed; see {@link MemoryRunHost.resume}. */
  readonly committed?: readonly StepRecord[];
  readonly ledger?: readonly EffectRecord[];
  /** Answers that are known from the start, by `path` or `path key`. */
  readonly answers?: Readonly<Record<string, WaitAnswer>>;
  /** Waits that earlier attempts have opened and nobody has answered, by `path` or `path key`. */
  readonly asked?: readonly string[];
  /** How long a commit takes; 0 is the next microtask. */
  readonly commitMs?: number;
}

const GENEROUS: RunLimits = { maxSteps: 10_000, maxOutputBytes: 1_000_000, maxTokens: 1_000_000 };

/** Keeps in memory what the executions domain would journal. */
export class MemoryRunHost implements RunHost {
  readonly executionId = 'execution-1';
  readonly limits: RunLimits;
  readonly services: StepServices;
  readonly vars?: Readonly<Record<string, unknown>>;
  /** Everything emitted, whether committed or not. */
  readonly events: RecordedEvent[] = [];
  /** Everything recorded in this attempt, whether committed or not. */
  readonly steps: StepRecord[] = [];
  readonly deltas: { readonly stepId: string; readonly text: string }[] = [];
  /** Exceptions that were no StepError. */
  readonly defects: unknown[] = [];
  commitCount = 0;
  private readonly committed: Map<string, StepRecord>;
  private pending: StepRecord[] = [];
  /** Waits that were opened in this attempt, by `path` or `path key`. */
  readonly waits = new Map<string, WaitRequest>();
  private readonly waiting = new Map<string, (answer: WaitAnswer) => void>();
  private readonly ledger: Map<string, EffectRecord>;
  private pendingEffects: EffectRecord[] = [];
  private readonly controller = new AbortController();

  constructor(private readonly options: MemoryRunHostOptions = {}) {
    this.limits = { ...GENEROUS, ...options.limits };
    this.services = options.services ?? new FakeStepServices();
    this.vars = options.vars;
    this.committed = new Map((options.committed ?? []).map((step) => [step.path, step]));
    this.ledger = new Map((options.ledger ?? []).map((effect) => [`${effect.path} ${effect.call}`, effect]));
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Stops the run as a user, a deadline or a newer attempt would. */
  abort(code = 'run.cancelled', message = 'The run was cancelled.'): void {
    this.controller.abort(new RunAborted({ code, message, retryable: false }));
  }

  /** The host of the next attempt: knows what this one committed, by way of JSON, and nothing else. */
  resume(options: Omit<MemoryRunHostOptions, 'committed'> = {}): MemoryRunHost {
    const committed = JSON.parse(JSON.stringify([...this.committed.values()])) as StepRecord[];
    const ledger = JSON.parse(JSON.stringify([...this.ledger.values()])) as EffectRecord[];
    return new MemoryRunHost({ ...this.options, crashAtCommit: undefined, ...options, committed, ledger });
  }

  recorded(path: string): StepRecord | undefined {
    return this.committed.get(path);
  }

  emit<Type extends KernelEventType>(type: Type, stepId: string, data: KernelEvents[Type]): void {
    this.events.push({ type, stepId, data });
  }

  delta(stepId: string, text: string): void {
    this.deltas.push({ stepId, text });
  }

  record(step: StepRecord): void {
    if (this.committed.has(step.path)) throw new Error(`The step ${step.path} has a result already`);
    this.steps.push(step);
    this.pending.push(step);
  }

  wait(path: string, request: WaitRequest): WaitAnswer | Promise<WaitAnswer> {
    const name = request.key === '' ? path : `${path} ${request.key}`;
    const known = this.options.answers?.[name];
    if (known) return known;
    this.waits.set(name, request);
    return new Promise((resolve) => this.waiting.set(name, resolve));
  }

  hasAsked(path: string, key: string): boolean {
    const name = key === '' ? path : `${path} ${key}`;
    return (
      this.waits.has(name) || this.options.answers?.[name] !== undefined || this.options.asked?.includes(name) === true
    );
  }

  /** Answers an open wait while the attempt runs. */
  answer(name: string, answer: WaitAnswer): void {
    this.waiting.get(name)?.(answer);
  }

  /** The newest entry, committed or not, as the attempt itself sees it. */
  effect(path: string, call: string): EffectRecord | undefined {
    const newest = this.pendingEffects.findLast((effect) => effect.path === path && effect.call === call);
    return newest ?? this.ledger.get(`${path} ${call}`);
  }

  recordEffect(effect: EffectRecord): void {
    this.pendingEffects.push(effect);
  }

  async commit(): Promise<void> {
    this.commitCount++;
    const { crashAtCommit = Infinity, commitMs = 0 } = this.options;
    const hasCrashed = this.commitCount >= crashAtCommit;
    const batch = this.pending;
    this.pending = [];
    const effects = this.pendingEffects;
    this.pendingEffects = [];
    if (commitMs > 0) await new Promise((resolve) => setTimeout(resolve, commitMs));
    if (hasCrashed) {
      throw new RunAborted({ code: 'run.lost', message: 'Another attempt has taken over this run.', retryable: true });
    }
    for (const effect of effects) this.ledger.set(`${effect.path} ${effect.call}`, effect);
    for (const step of batch) this.committed.set(step.path, step);
  }

  report(error: unknown): void {
    this.defects.push(error);
  }

  /** Ids of the events of one type, in order. */
  idsOf(type: KernelEventType): string[] {
    return this.events.filter((event) => event.type === type).map(({ stepId }) => stepId);
  }
}
