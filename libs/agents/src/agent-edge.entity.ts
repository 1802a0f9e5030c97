import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';

/** One edge of a version. */
@Entity()
export class AgentEdge extends OrgScopedEntity {
  @Column({ type: 'uuid', update: false })
  versionId!: string;

  /** Place in the graph's list of edges, from 0. */
  @Column({ type: 'integer', update: false })
  position!: number;

  @Column({ type: 'text', update: false })
  fromNodeId!: string;

  @Column({ type: 'text', update: false })
  toNodeId!: string;

  /** The output port it leaves by; null for the default one. */
  @Column({ type: 'text', nullable: true, update: false })
  port!: string | null;
}
