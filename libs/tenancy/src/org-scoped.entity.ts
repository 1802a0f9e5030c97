import { Column, CreateDateColumn, PrimaryColumn } from 'typeorm';

/** What makes a row one organisation's. */
export interface OrgOwned {
  orgId: string;
}

/** A row of its own that belongs to one organisation. Both fields are stamped on insert; nobody sets them by hand. */
export abstract class OrgScopedEntity implements OrgOwned {
  /** UUIDv7, so that ids sort by time. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column({ type: 'uuid', update: false })
  orgId!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;
}
