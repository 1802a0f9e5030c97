import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

export type Plan = 'free' | 'basic' | 'pro' | 'enterprise';

/** The wall that everything else lives behind. Row-level security shows only the organisation that is open. */
@Entity()
export class Organization {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  /** Readable and unique in the installation; never changes, so that it may stand in addresses. */
  @Column('text')
  slug!: string;

  @Column('text')
  plan!: Plan;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
