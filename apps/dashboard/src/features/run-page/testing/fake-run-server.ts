import type { DecideWait, Execution, ExecutionEvent, Wait, Why } from '@/shared/api/generated/schema';
import { EXECUTION_ID, momentOf } from '../script.fixture';

const ROW: Execution = {
  id: EXECUTION_ID,
  agentId: 'a1',
  agentName: 'Letters',
  version: 3,
  status: 'running',
  attempt: 1,
  mode: 'background',
  trigger: 'api',
  error: null,
  large: null,
  usage: { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, costMicroUsd: 0 },
  retryOf: null,
  createdAt: momentOf(-120),
  startedAt: momentOf(0),
  finishedAt: null,
  queuedMs: 120,
  input: { text: 'Dear team' },
  output: null,
  metadata: null,
  lastSeq: 0,
  cancelRequested: false,
  triggerId: null,
  triggerName: null,
  parentId: null,
  waitingFor: null,
  depth: 0,
  queuedAt: null,
  callbackUrl: null,
  waits: [],
};

const ME = {
  user: { id: 'u1', email: 'ada@acme.test', name: 'Ada', emailVerified: true },
  org: { id: 'o1', name: 'Acme', slug: 'acme' },
  role: 'owner',
  permissions: ['executions:read', 'executions:start', 'executions:cancel', 'executions:decide'],
  orgs: [],
};

/** A server with one run: what it has been told to have happened is its log. */
export class FakeRunServer {
  log: ExecutionEvent[] = [];
  reads: number[] = [];
  row: Execution | null = ROW;
  sent: string[] = [];
  why: Why = { status: 'running', since: momentOf(0), summary: 'It is at work.', blockers: [] };
  waits: Wait[] = [];
  decided: DecideWait[] = [];
  /** Whether somebody else was faster. */
  isLate = false;

  private decide(body: DecideWait): Response {
    this.decided.push(body);
    const answer = {
      decision: this.isLate ? 'rejected' : body.decision,
      data: body.data ?? null,
      large: null,
      error: null,
    };
    this.waits = this.waits.map((wait) => ({
      ...wait,
      state: 'answered',
      answer,
      answeredBy: { id: 'u2', name: this.isLate ? 'Grace' : 'Ada' },
      answeredAt: momentOf(900),
    }));
    if (!this.isLate) return Response.json(this.waits[0]);
    const problem = { title: 'Conflict', status: 409, code: 'wait.already_answered', detail: 'Grace rejected it.' };
    return Response.json(problem, { status: 409 });
  }

  readonly fetch = async (address: string, init?: RequestInit): Promise<Response> => {
    const { pathname } = new URL(address, 'http://localhost');
    this.sent.push(`${init?.method ?? 'GET'} ${pathname}`);
    if (pathname.endsWith('/auth/me')) return Response.json(ME);
    if (pathname.endsWith('/steps')) return Response.json({ data: [], nextCursor: null, hasMore: false });
    if (pathname.endsWith('/why')) return Response.json(this.why);
    if (pathname.includes('/waits/')) return this.decide(JSON.parse(init?.body as string) as DecideWait);
    if (pathname.endsWith('/waits')) return Response.json({ data: this.row === null ? [] : this.waits });
    if (pathname.endsWith('/cancel')) return Response.json({ ...this.row, cancelRequested: true }, { status: 202 });
    if (pathname.includes('/executions/') && this.row)
      return Response.json({ ...this.row, waits: this.waits.filter(({ state }) => state === 'open') });
    const problem = {
      title: 'Not found',
      status: 404,
      code: 'execution.not_found',
      detail: 'There is no such run.',
      requestId: 'req-1',
      retryable: false,
    };
    return Response.json(problem, { status: 404 });
  };

  readonly fetchEvents = async (after: number) => {
    this.reads.push(after);
    const data = this.log.filter((event) => event.seq > after);
    return { data, lastSeq: data.at(-1)?.seq ?? after, finished: data.at(-1)?.type === 'execution-end' };
  };
}
