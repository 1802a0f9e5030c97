import { describeNodeKind } from './describe-node-kind.js';
import { BUILT_IN_KINDS } from './node-kind-registry.js';

const EDITORS =
  'expression template model json-schema json text number select switch key-values string-list node tools tool credential code prompt-ref'.split(
    ' ',
  );

describe.each(BUILT_IN_KINDS.map((kind) => [kind.kind, kind] as const))('the description of %s', (_name, kind) => {
  const description = describeNodeKind(kind);
  const schema = description.configSchema as { type: string; additionalProperties: boolean; properties?: object };

  it('is JSON that says which fields there are, and that there are no others', () => {
    expect(JSON.parse(JSON.stringify(description))).toEqual(description);
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
  });

  it('tells the editor how to edit and call each field', () => {
    for (const field of Object.values(schema.properties ?? {}) as Record<string, unknown>[]) {
      expect(EDITORS).toContain(field['x-editor']);
      expect(field.title).toEqual(expect.any(String));
    }
  });

  it('starts a new node with a configuration that is valid', () => {
    expect(kind.configSchema.safeParse(description.defaults).success).toBe(true);
    expect(kind.check?.(description.defaults) ?? []).toEqual([]);
    expect(kind.summary(description.defaults)).not.toBe('');
  });

  it('lists the ports, unless they depend on the configuration', () => {
    expect(description.ports).toEqual(kind.portsDependOnConfig ? null : kind.ports(kind.defaults));
  });
});
