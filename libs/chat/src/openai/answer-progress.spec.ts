import { AnswerProgress } from './answer-progress.js';

const delta = (stepId: string, text: string) => ({ type: 'text-delta', stepId, data: { text } });
const begun = (stepId: string) => ({ type: 'step-start', stepId, data: {} });
const ended = (stepId: string, output: unknown) => ({ type: 'step-end', stepId, data: { output } });

describe('Pieces of an answer', () => {
  it('are what the nodes say that lead to the output, and no notes of others', () => {
    const progress = new AnswerProgress(new Set(['say']));
    expect(progress.hear(delta('think', 'Hm. '))).toBe('');
    expect(progress.hear(delta('say', 'Hel'))).toBe('Hel');
    expect(progress.hear(delta('say', 'lo'))).toBe('lo');
    expect(progress.rest(progress.whole({ text: 'Hello!' }, false))).toBe('!');
  });

  it('are not shown twice when a step begins anew', () => {
    const progress = new AnswerProgress(new Set(['say']));
    progress.hear(begun('say'));
    expect(progress.hear(delta('say', 'Hello'))).toBe('Hello');
    progress.hear(begun('say'));
    expect(progress.hear(delta('say', 'Hel'))).toBe('');
    expect(progress.hear(delta('say', 'lo there'))).toBe(' there');
  });

  it('of two steps stand apart', () => {
    const progress = new AnswerProgress(new Set(['agent']));
    progress.hear(delta('agent/0/model', 'Let me look.'));
    expect(progress.hear(delta('agent/1/model', 'It is 4.'))).toBe('\n\nIt is 4.');
  });

  it('are the output itself where nobody has spoken', () => {
    const progress = new AnswerProgress(new Set());
    expect(progress.rest(progress.whole({ answer: 'Four.' }, false))).toBe('Four.');
    expect(progress.whole(['a'], false).text).toBe('["a"]');
  });

  it('end with the calls of tools that are the client’s to make, and only those', () => {
    const progress = new AnswerProgress(new Set(['say']));
    progress.hear(ended('say', { text: '', toolCalls: [{ id: 'c1', name: 'look', arguments: {} }] }));
    expect(progress.whole({ text: '' }, true)).toMatchObject({ finishReason: 'tool_calls', toolCalls: [{ id: 'c1' }] });
    expect(progress.whole({ text: 'x' }, false)).toMatchObject({ finishReason: 'stop', toolCalls: [] });
  });
});
