import { Column, Entity } from 'typeorm';
import type { RetryPolicy } from '#kernel';
import { OrgScopedEntity } from '#tenancy';

/** One node of a version. */
@Entity()
export class AgentNode extends OrgScopedEntity {
  @Column({ type: 'uuid', update: false })
  versionId!: string;

  /** The node's id in its graph, as expressions name it. */
  @Column({ type: 'text', update: false })
  nodeId!: string;

  /** Place in the graph's list of nodes, from 0. */
  @Column({ type: 'integer', update: false })
  position!: number;

  @Column({ type: 'text', update: false })
  kind!: string;

  @Column({ type: 'text', nullable: true, update: false })
  name!: string | null;

  @Column({ type: 'json', update: false })
  config!: Readonly<Record<string, unknown>>;

  @Column({ type: 'json', nullable: true, update: false })
  retry!: RetryPolicy | null;

  @Column({ type: 'integer', nullable: true, update: false })
  timeoutMs!: number | null;

  /** Where the node stands on the canvas, in pixels; null together with `y`. */
  @Column({ type: 'double precision', nullable: true, update: false })
  x!: number | null;

  @Column({ type: 'double precision', nullable: true, update: false })
  y!: number | null;
}
