import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

export type OneTimePurpose = 'sign-in' | 'reset-password' | 'verify-email';

/** A secret in a link: good for one purpose, one person, once. */
@Entity()
export class OneTimeToken {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  userId!: string;

  @Column('text')
  purpose!: OneTimePurpose;

  @Column('text')
  tokenHash!: string;

  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz', { nullable: true })
  usedAt!: Date | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;
}
