import { startKind } from './start.kind.js';

function problemsOf(schema: Record<string, unknown>, input: unknown) {
  return startKind.acceptInput?.({ schema })(input);
}

describe('the start kind', () => {
  it('takes anything without a schema', () => {
    expect(startKind.acceptInput?.({})('anything')).toEqual([]);
    expect(startKind.summary({})).toBe('any input');
  });

  it('names every field of the input that does not fit', () => {
    const schema = {
      type: 'object',
      properties: { 'a/b': { type: 'number' }, size: { enum: ['s', 'l'] }, mail: { type: 'string', format: 'email' } },
      required: ['text'],
      additionalProperties: false,
    };
    expect(problemsOf(schema, { 'a/b': 'x', size: 'm', mail: 'no', extra: 1 })).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ pointer: '/input/text', code: 'schema.required' }),
        expect.objectContaining({ pointer: '/input/extra', code: 'schema.additional_properties' }),
        expect.objectContaining({ pointer: '/input/a~1b', code: 'schema.type' }),
        expect.objectContaining({ pointer: '/input/size', message: '/input/size must be one of "s", "l".' }),
        expect.objectContaining({ pointer: '/input/mail', code: 'schema.format' }),
      ]),
    );
  });

  it('refuses an input that nests too deeply', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`);
    expect(problemsOf({}, deep)).toMatchObject([{ pointer: '/input', code: 'input.too_large' }]);
  });

  it.each(['^(a+)+$', '^(a|a)*$', '^(.*a){12}$'])(
    'checks the pattern %s against long texts without hanging',
    (pattern) => {
      const begin = performance.now();
      expect(problemsOf({ type: 'string', pattern }, `${'a'.repeat(20_000)}!`)).toHaveLength(1);
      expect(performance.now() - begin).toBeLessThan(2_000);
    },
  );

  it('keeps several patterns apart, in one schema and in several', () => {
    const schema = { properties: { a: { pattern: '^a+$' }, b: { pattern: '^b+$' } } };
    expect(problemsOf(schema, { a: 'aa', b: 'bb' })).toEqual([]);
    expect(problemsOf(schema, { a: 'bb', b: 'aa' })).toHaveLength(2);
    expect(problemsOf({ pattern: '^c+$' }, 'aa')).toHaveLength(1);
  });

  it.each([
    [{ $ref: 'https://example.com/schema' }, '/config/schema/$ref', 'schema.foreign_reference'],
    [{ $defs: { a: { $ref: '#/$defs/a' } }, $ref: '#/$defs/a' }, '/config/schema/$defs/a/$ref', 'schema.recursive'],
    [{ $dynamicRef: '#x' }, '/config/schema/$dynamicRef', 'schema.unknown_keyword'],
    [{ type: 'strnig' }, '/config/schema', 'schema.invalid'],
    [{ type: 'array', uniqueItems: true }, '/config/schema/uniqueItems', 'schema.too_large'],
    [{ pattern: '(a)\\1' }, '/config/schema', 'schema.invalid'],
  ])('refuses the schema %j', (schema, pointer, code) => {
    expect(startKind.check?.({ schema })).toContainEqual(expect.objectContaining({ pointer, code }));
  });

  it.each([{ schema: 'text' }, { schema: [] }, { other: 1 }])('refuses the configuration %j', (config) => {
    expect(startKind.configSchema.safeParse(config).success).toBe(false);
  });
});
