import { Injectable } from '@nestjs/common';
import { isId } from '#platform/ids';
import { OrgContext, OrgDatabase, OrgScopedRepository } from '#tenancy';
import type { PromptContent } from '../content/prompt-content.js';
import { PromptVersion } from './prompt-version.entity.js';

/** A version as the history shows it: with the name of who published it, which only `user` knows. */
export interface VersionRecord {
  readonly id: string;
  readonly number: number;
  readonly note: string;
  readonly contentHash: string;
  readonly createdAt: Date;
  /** Null once that person's account is deleted. */
  readonly createdBy: { readonly id: string; readonly name: string } | null;
}

export interface VersionWithContent extends VersionRecord {
  readonly content: PromptContent;
}

export type NewVersion = Pick<
  PromptVersion,
  'promptId' | 'number' | 'note' | 'content' | 'contentHash' | 'createdByUserId'
>;

/** A prompt by its name, with the version that was asked for. */
export interface NamedVersion {
  readonly promptId: string;
  readonly name: string;
  /** What was asked for; null for the newest. */
  readonly askedVersion: number | null;
  readonly archived: boolean;
  readonly publishedVersion: number | null;
  /** Null when there is no such version. */
  readonly number: number | null;
  readonly content: PromptContent | null;
}

@Injectable()
export class PromptVersionsRepository extends OrgScopedRepository<PromptVersion> {
  constructor(database: OrgDatabase) {
    super(database, PromptVersion);
  }

  async add(values: NewVersion): Promise<void> {
    await this.insertRow(values);
  }

  async findByNumber(promptId: string, number: number): Promise<VersionWithContent | null> {
    if (!isId(promptId)) return null;
    const [version] = await this.statement<VersionWithContent>(`${select(', v.content')} AND v.number = $3`, [
      OrgContext.require(),
      promptId,
      number,
    ]);
    return version ?? null;
  }

  /** Newest first; one row more than `limit` when there are more. */
  listPage(promptId: string, belowNumber: number | null, limit: number): Promise<VersionRecord[]> {
    return this.statement<VersionRecord>(
      `${select('')} AND ($3::integer IS NULL OR v.number < $3) ORDER BY v.number DESC LIMIT $4`,
      [OrgContext.require(), promptId, belowNumber, limit + 1],
    );
  }

  /**
   * The newest version where none is named. Nobody archives or deletes these prompts before the open transaction has
   * ended, so that what is pinned then is in use.
   */
  findNamed(asked: readonly { readonly name: string; readonly version: number | null }[]): Promise<NamedVersion[]> {
    return this.statement<NamedVersion>(
      `SELECT p.id AS "promptId", p.name, asked.version AS "askedVersion", p.archived_at IS NOT NULL AS archived, p.published_version AS "publishedVersion",
              v.number, v.content
         FROM unnest($2::text[], $3::integer[]) AS asked (name, version)
         JOIN prompt p ON p.org_id = $1 AND p.name = asked.name
         LEFT JOIN prompt_version v ON v.org_id = p.org_id AND v.prompt_id = p.id
               AND v.number = coalesce(asked.version, p.published_version)
          FOR SHARE OF p`,
      [OrgContext.require(), asked.map(({ name }) => name), asked.map(({ version }) => version)],
    );
  }
}

function select(more: string): string {
  return `SELECT v.id, v.number, v.note, v.content_hash AS "contentHash", v.created_at AS "createdAt",
       CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END AS "createdBy"${more}
  FROM prompt_version v
  LEFT JOIN "user" u ON u.id = v.created_by_user_id
 WHERE v.org_id = $1 AND v.prompt_id = $2`;
}
