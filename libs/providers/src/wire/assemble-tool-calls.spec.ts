import { type ToolCallFragment, ToolCallAssembler } from './assemble-tool-calls.js';

const assemble = (...deltas: ToolCallFragment[]) => {
  const assembler = new ToolCallAssembler();
  for (const delta of deltas) assembler.add(delta);
  return assembler.complete();
};

describe('ToolCallAssembler', () => {
  it('keeps interleaved fragments of parallel calls apart', () => {
    const calls = assemble(
      { index: 0, id: 'a', name: 'one', arguments: '{"x"' },
      { index: 1, id: 'b', name: 'two', arguments: '{"y"' },
      { index: 0, arguments: ':1}' },
      { index: 1, arguments: ':2}' },
    );
    expect(calls).toEqual([
      { id: 'a', toolName: 'one', arguments: { x: 1 } },
      { id: 'b', toolName: 'two', arguments: { y: 2 } },
    ]);
  });

  it('copes with servers that send no index, no id, or the same id twice', () => {
    expect(assemble({ name: 'one', arguments: '{' }, { arguments: '}' })).toEqual([
      { id: expect.stringMatching(/^call_[0-9a-f]{24}$/), toolName: 'one', arguments: {} },
    ]);
    const twins = assemble({ index: 0, id: 'a', name: 'one' }, { index: 1, id: 'a', name: 'two' });
    expect(twins.map((call) => call.id)).toEqual(['a', 'a-2']);
  });

  it('takes calls that come in one piece, and gives those without an id one that no other reply has', () => {
    const assemblers = [new ToolCallAssembler(), new ToolCallAssembler()];
    for (const assembler of assemblers) {
      assembler.addWhole({ name: 'one', arguments: { x: 1 }, signature: 'sig' });
      assembler.addWhole({ name: 'one', arguments: { x: 2 } });
    }
    const calls = assemblers.flatMap((assembler) => assembler.complete());
    expect(calls[0]).toMatchObject({ toolName: 'one', arguments: { x: 1 }, signature: 'sig' });
    expect(new Set(calls.map((call) => call.id)).size).toBe(4);
  });

  it('takes a call without arguments as one with none', () => {
    expect(assemble({ index: 0, id: 'a', name: 'now', arguments: '' })[0]?.arguments).toEqual({});
  });

  it.each(['{"x": 1', '[1]', '"x"', 'null'])('refuses arguments such as %s', (text) => {
    expect(() => assemble({ index: 0, id: 'a', name: 'one', arguments: text })).toThrow(/arguments that are not/);
  });

  it('refuses a call that names no tool', () => {
    expect(() => assemble({ index: 0, id: 'a', arguments: '{}' })).toThrow('without naming it');
  });

  it('keeps names and arguments that look like something else as the data that they are', () => {
    const hostile = '{"__proto__":{"isAdmin":true},"path":"$(rm -rf /); DROP TABLE x; <script>1</script>"}';
    const [call] = assemble({ index: 0, id: 'a', name: '__proto__', arguments: hostile });
    expect(call?.toolName).toBe('__proto__');
    expect(JSON.stringify(call?.arguments)).toBe(hostile);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('stops at a flood of arguments, in pieces or in one, and at a flood of calls', () => {
    const assembler = new ToolCallAssembler();
    const flood = () => {
      for (let count = 0; count < 11; count++) assembler.add({ index: 0, name: 'one', arguments: 'x'.repeat(100_000) });
    };
    expect(flood).toThrow('more than an argument can be');
    const whole = { name: 'one', arguments: { text: 'x'.repeat(2_000_000) } };
    expect(() => new ToolCallAssembler().addWhole(whole)).toThrow('more than an argument can be');
    const many = new ToolCallAssembler();
    const calls = () => {
      for (let index = 0; index < 1_000; index++) many.add({ index, name: 'one' });
    };
    expect(calls).toThrow('more than 128 tools at once');
  });
});
