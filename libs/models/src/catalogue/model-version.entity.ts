import { Column, Entity, UpdateDateColumn } from 'typeorm';
import type { DatedPrice } from '#providers';
import { OrgScopedEntity } from '#tenancy';

/** What an organisation says about one model, over what the catalogue says. */
@Entity()
export class ModelVersion extends OrgScopedEntity {
  /** `provider/model`. */
  @Column({ type: 'text', update: false })
  model!: string;

  /** False: the organisation's agents may not use it. */
  @Column('boolean')
  enabled!: boolean;

  @Column({ type: 'text', nullable: true })
  label!: string | null;

  @Column({ type: 'integer', nullable: true })
  contextWindow!: number | null;

  @Column({ type: 'integer', nullable: true })
  maxOutputTokens!: number | null;

  /** Empty: those of the catalogue hold. */
  @Column('jsonb')
  prices!: DatedPrice[];

  /** Goes up with every change; the ETag. */
  @Column({ type: 'integer', default: 1 })
  revision!: number;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
