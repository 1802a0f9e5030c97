import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';

/** A line that a step wrote for people. */
@Entity()
export class ExecutionLog extends OrgScopedEntity {
  @Column('uuid')
  executionId!: string;

  /** Of the `log` event that announced it. */
  @Column('integer')
  seq!: number;

  @Column('text')
  stepPath!: string;

  @Column('text')
  level!: 'debug' | 'info' | 'warn' | 'error';

  @Column('text')
  message!: string;
}
