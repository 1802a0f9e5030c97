import { z } from 'zod';
import { mayBeInner, type NodeKind } from './node-kind.js';

/** A kind as the editor needs it: `GET /node-kinds`. */
export interface NodeKindDescription {
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  readonly icon: string;
  readonly group: NodeKind['group'];
  readonly effect: NodeKind['effect'];
  /** JSON Schema of the configuration; fields carry `title`, `description` and `x-editor`. */
  readonly configSchema: Readonly<Record<string, unknown>>;
  readonly defaults: unknown;
  /** The ports edges may leave by, `error` not included; null when they depend on the configuration. */
  readonly ports: readonly string[] | null;
  /** Whether it can stand inside the configuration of another node, for example in a map. */
  readonly mayBeInner: boolean;
}

export function describeNodeKind(kind: NodeKind): NodeKindDescription {
  const { title, description, icon, group, effect, defaults } = kind;
  return {
    kind: kind.kind,
    title,
    description,
    icon,
    group,
    effect,
    configSchema: z.toJSONSchema(kind.configSchema, { io: 'input' }),
    defaults,
    ports: kind.portsDependOnConfig ? null : kind.ports(defaults),
    mayBeInner: mayBeInner(kind),
  };
}
