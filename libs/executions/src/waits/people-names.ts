import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';

/** What people are called, for answers that outlive their accounts. */
@Injectable()
export class PeopleNames {
  constructor(private readonly database: OrgDatabase) {}

  async nameOf(userId: string): Promise<string | null> {
    const rows = await this.database.transaction((manager) =>
      manager.query<{ name: string }[]>(`SELECT name FROM "user" WHERE id = $1`, [userId]),
    );
    return rows[0]?.name ?? null;
  }
}
