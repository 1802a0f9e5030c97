import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** Renews a session once; a spent one that comes back means that somebody holds a copy. */
@Entity()
export class RefreshToken {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  sessionId!: string;

  @Column('text')
  tokenHash!: string;

  @Column('timestamptz', { nullable: true })
  usedAt!: Date | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @Column('timestamptz')
  expiresAt!: Date;
}
