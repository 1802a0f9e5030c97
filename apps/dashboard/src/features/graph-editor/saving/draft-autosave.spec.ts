import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '@/shared/api/api-problem';
import type { Graph, Problem } from '../graph/graph';
import { DraftAutosave } from './draft-autosave';

const graphOf = (...ids: string[]): Graph => ({
  nodes: ids.map((id) => ({ id, kind: 'transform', config: {} })),
  edges: [],
});

/** Keeps drafts as the server does: by revision, wrong ones too. */
class FakeDrafts {
  graph: Graph = graphOf();
  revision = 1;
  problems: Problem[] = [];
  puts: Graph[] = [];
  failure: Error | null = null;
  /** The next save is kept, but its answer is lost on the way. */
  losesAnswer = false;

  put = async (graph: Graph, revision: number) => {
    this.puts.push(graph);
    await Promise.resolve();
    if (this.failure) throw this.failure;
    if (revision !== this.revision) throw refusal(412, 'agent.draft.changed');
    this.graph = structuredClone(graph);
    this.revision += 1;
    if (this.losesAnswer) {
      this.losesAnswer = false;
      throw new ApiProblem({ title: 'No answer', status: 0, code: 'client.offline', retryable: true });
    }
    if (this.problems.length > 0) throw refusal(422, 'agent.draft_invalid', this.problems);
    return { revision: this.revision, problems: [] };
  };

  get = () => Promise.resolve({ graph: this.graph, revision: this.revision, problems: this.problems });
}

function refusal(status: number, code: string, errors: Problem[] = []): ApiProblem {
  return new ApiProblem({ title: code, detail: code, status, code, errors });
}

describe('saving a draft by itself', () => {
  let drafts: FakeDrafts;
  let saved: { graph: Graph; problems: readonly Problem[] }[];
  let autosave: DraftAutosave;

  beforeEach(() => {
    vi.useFakeTimers();
    drafts = new FakeDrafts();
    saved = [];
    autosave = new DraftAutosave({
      revision: 1,
      put: drafts.put,
      get: drafts.get,
      onSaved: (each) => saved.push(each),
      now: () => 1000,
    });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('waits until nobody has typed for a moment, then sends the newest graph once', async () => {
    autosave.change(graphOf('a'));
    await vi.advanceTimersByTimeAsync(500);
    autosave.change(graphOf('a', 'b'));
    expect(autosave.current()).toEqual({ phase: 'waiting' });
    await vi.advanceTimersByTimeAsync(799);
    expect(drafts.puts).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(drafts.puts).toEqual([graphOf('a', 'b')]);
    expect(autosave.current()).toEqual({ phase: 'saved', at: 1000 });
  });

  it('counts a draft with problems as saved, and goes on from its revision', async () => {
    drafts.problems = [{ pointer: '/nodes/0', code: 'graph.unreachable', message: 'Connect it.' }];
    autosave.change(graphOf('a'));
    await autosave.flush();
    expect(autosave.current().phase).toBe('saved');
    expect(saved.at(-1)?.problems).toEqual(drafts.problems);
    drafts.problems = [];
    autosave.change(graphOf('b'));
    await autosave.flush();
    expect(drafts.graph).toEqual(graphOf('b'));
    expect(autosave.savedRevision).toBe(3);
  });

  it('says that it is not saved when the server keeps nothing', async () => {
    drafts.failure = refusal(422, 'agent.not_a_graph', [
      { pointer: '/nodes/0', code: 'graph.shape', message: 'Must be an object.' },
    ]);
    autosave.change(graphOf('a'));
    await autosave.flush();
    expect(autosave.current()).toEqual({ phase: 'failed', message: 'agent.not_a_graph Must be an object.' });
    expect(autosave.isUnsaved).toBe(true);
  });

  it('sends again by itself when the connection was lost', async () => {
    drafts.failure = new ApiProblem({ title: 'No answer', status: 0, code: 'client.offline', retryable: true });
    autosave.change(graphOf('a'));
    await vi.advanceTimersByTimeAsync(800);
    expect(autosave.current().phase).toBe('failed');
    drafts.failure = null;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(autosave.current().phase).toBe('saved');
    expect(drafts.graph).toEqual(graphOf('a'));
  });

  it('does not come back to a lost draft once its editor is closed', async () => {
    drafts.failure = new ApiProblem({ title: 'No answer', status: 0, code: 'client.offline', retryable: true });
    autosave.change(graphOf('a'));
    await autosave.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(drafts.puts).toHaveLength(1);
  });

  it('sees its own draft behind a lost answer instead of a stranger', async () => {
    drafts.losesAnswer = true;
    autosave.change(graphOf('a'));
    await autosave.flush();
    expect(autosave.current().phase).toBe('failed');
    autosave.change(graphOf('a', 'b'));
    await autosave.flush();
    expect(autosave.current().phase).toBe('saved');
    expect(drafts.graph).toEqual(graphOf('a', 'b'));
  });

  it('sends nothing more once somebody else has saved', async () => {
    drafts.revision = 5;
    drafts.graph = graphOf('theirs');
    autosave.change(graphOf('mine'));
    await autosave.flush();
    expect(autosave.current()).toEqual({ phase: 'conflict' });
    autosave.change(graphOf('mine', 'more'));
    await vi.advanceTimersByTimeAsync(10_000);
    await autosave.flush();
    expect(drafts.graph).toEqual(graphOf('theirs'));
  });

  it('replaces theirs with the newest of mine when that is chosen', async () => {
    drafts.revision = 5;
    autosave.change(graphOf('mine'));
    drafts.graph = graphOf('theirs');
    await autosave.flush();
    autosave.change(graphOf('mine', 'more'));
    await autosave.keepMine();
    expect(autosave.current().phase).toBe('saved');
    expect(drafts.graph).toEqual(graphOf('mine', 'more'));
  });

  it('gives up what was pending when theirs is loaded', async () => {
    drafts.revision = 5;
    drafts.graph = graphOf('theirs');
    autosave.change(graphOf('mine'));
    await autosave.flush();
    autosave.adopt(5);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(drafts.graph).toEqual(graphOf('theirs'));
    autosave.change(graphOf('theirs', 'and-mine'));
    await autosave.flush();
    expect(autosave.current().phase).toBe('saved');
  });

  it('keeps one request at a time and sends what was typed meanwhile afterwards', async () => {
    autosave.change(graphOf('a'));
    const flushed = autosave.flush();
    autosave.change(graphOf('b'));
    expect(drafts.puts).toEqual([graphOf('a')]);
    await flushed;
    expect(drafts.puts).toEqual([graphOf('a'), graphOf('b')]);
    expect(autosave.current().phase).toBe('saved');
  });
});
