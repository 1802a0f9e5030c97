import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** A line that a step wrote for people. Only the journal writes it; the application's role may read. */
@Entity()
export class ExecutionLog {
  @PrimaryColumn('uuid')
  executionId!: string;

  /** Of the `log` event that announced it. */
  @PrimaryColumn('integer')
  seq!: number;

  @Column('uuid')
  orgId!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @Column('text')
  stepPath!: string;

  @Column('text')
  level!: 'debug' | 'info' | 'warn' | 'error';

  @Column('text')
  message!: string;
}
