import { ToolCallAssembler } from './assemble-tool-calls.js';
import type { OpenAIToolCallDelta } from './openai-api-types.js';

const assemble = (...deltas: OpenAIToolCallDelta[]) => {
  const assembler = new ToolCallAssembler();
  for (const delta of deltas) assembler.add(delta);
  return assembler.complete();
};

describe('ToolCallAssembler', () => {
  it('keeps interleaved fragments of parallel calls apart', () => {
    const calls = assemble(
      { index: 0, id: 'a', function: { name: 'one', arguments: '{"x"' } },
      { index: 1, id: 'b', function: { name: 'two', arguments: '{"y"' } },
      { index: 0, function: { arguments: ':1}' } },
      { index: 1, function: { arguments: ':2}' } },
    );
    expect(calls).toEqual([
      { id: 'a', toolName: 'one', arguments: { x: 1 } },
      { id: 'b', toolName: 'two', arguments: { y: 2 } },
    ]);
  });

  it('copes with servers that send no index, no id, or the same id twice', () => {
    expect(assemble({ function: { name: 'one', arguments: '{' } }, { function: { arguments: '}' } })).toEqual([
      { id: 'call_0', toolName: 'one', arguments: {} },
    ]);
    const twins = assemble(
      { index: 0, id: 'a', function: { name: 'one' } },
      { index: 1, id: 'a', function: { name: 'two' } },
    );
    expect(twins.map((call) => call.id)).toEqual(['a', 'a-2']);
  });

  it('takes a call without arguments as one with none', () => {
    expect(assemble({ index: 0, id: 'a', function: { name: 'now', arguments: '' } })[0]?.arguments).toEqual({});
  });

  it.each(['{"x": 1', '[1]', '"x"', 'null'])('refuses arguments such as %s', (text) => {
    expect(() => assemble({ index: 0, id: 'a', function: { name: 'one', arguments: text } })).toThrow(
      /arguments that are not/,
    );
  });

  it('refuses a call that names no tool', () => {
    expect(() => assemble({ index: 0, id: 'a', function: { arguments: '{}' } })).toThrow('without naming it');
  });
});
