import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';

/** A graph that was checked and published; it never changes. Its nodes and edges are rows of their own. */
@Entity()
export class AgentVersion extends OrgScopedEntity {
  @Column({ type: 'uuid', update: false })
  agentId!: string;

  /** 1, 2, 3 … within the agent, without gaps. */
  @Column({ type: 'integer', update: false })
  number!: number;

  /** What the publisher says has changed; empty when nothing was said. */
  @Column({ type: 'text', update: false })
  note!: string;

  /** The kernel's fingerprint of what the graph does. */
  @Column({ type: 'text', update: false })
  graphHash!: string;

  @Column({ type: 'uuid', nullable: true, update: false })
  createdByUserId!: string | null;
}
