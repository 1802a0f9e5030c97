import { currentPrincipal } from '#auth';
import { Injectable } from '@nestjs/common';
import { CursorCodec, type Page } from '#platform/http';
import { OrgContext, OrgDatabase } from '#tenancy';
import { mayEdit, maySee, mayUse } from './credential-access.js';
import type { Integration } from './integration.entity.js';
import { credentialNotFound } from './integrations.errors.js';
import { IntegrationsRepository } from './integrations.repository.js';

/** An agent whose draft or a version of which names the credential. */
export interface UsingAgent {
  readonly id: string;
  readonly name: string;
}

/** A credential as lists and its page show it: nothing of it is sealed. */
export interface CredentialRow extends Omit<
  Integration,
  'orgId' | 'sealedFields' | 'sealedTokens' | 'refreshUntil' | 'createdByUserId'
> {
  readonly createdByUserId: string | null;
  readonly createdByName: string | null;
  readonly connected: boolean;
  readonly mayUse: boolean;
  readonly mayEdit: boolean;
}

type SelectedRow = Omit<CredentialRow, 'mayUse' | 'mayEdit'>;

const SELECT = `SELECT i.id, i.kind, i.name, i.fields, i.secret_hints AS "secretHints", i.allowed_hosts AS "allowedHosts", i.sharing,
       i.sealed_tokens IS NOT NULL AS connected, i.tokens_expire_at AS "tokensExpireAt", i.test_outcome AS "testOutcome",
       i.test_message AS "testMessage", i.tested_at AS "testedAt", i.last_used_at AS "lastUsedAt", i.last_used_by AS "lastUsedBy",
       i.created_by_user_id AS "createdByUserId", u.name AS "createdByName", i.created_at AS "createdAt", i.updated_at AS "updatedAt"
  FROM integration i LEFT JOIN "user" u ON u.id = i.created_by_user_id`;

/** Agents that are told before a credential is deleted. */
const MAX_AGENTS = 20;

@Injectable()
export class IntegrationsReadModel {
  constructor(
    private readonly database: OrgDatabase,
    private readonly cursors: CursorCodec,
    private readonly integrations: IntegrationsRepository,
  ) {}

  /** @throws AppError not found, also for what is somebody else's private one */
  async get(id: string): Promise<CredentialRow> {
    const principal = currentPrincipal();
    const row = await this.integrations.find(id);
    if (!row || !maySee(row, principal)) throw credentialNotFound();
    const [selected] = await this.database.transaction((manager) =>
      manager.query<SelectedRow[]>(`${SELECT} WHERE i.org_id = $1 AND i.id = $2`, [OrgContext.require(), id]),
    );
    if (!selected) throw credentialNotFound();
    return withRights(selected);
  }

  /** What this person may see, newest first. @param kinds of these only, when given */
  async list(query: { limit: number; cursor?: string; kinds?: readonly string[] }): Promise<Page<CredentialRow>> {
    const orgId = OrgContext.require();
    const principal = currentPrincipal();
    const name = `integrations:${orgId}`;
    const before = query.cursor === undefined ? null : this.cursors.decode(name, query.cursor).id;
    const seesAll = maySee({ sharing: 'private', createdByUserId: null }, principal);
    const rows = await this.database.transaction((manager) =>
      manager.query<SelectedRow[]>(
        `${SELECT} WHERE i.org_id = $1 AND ($2::uuid IS NULL OR i.id < $2) AND ($3::text[] IS NULL OR i.kind = ANY ($3))
            AND ($4 OR i.sharing <> 'private' OR i.created_by_user_id = $5)
          ORDER BY i.id DESC LIMIT $6`,
        [orgId, before, query.kinds ?? null, seesAll, principal.userId, query.limit + 1],
      ),
    );
    return this.cursors.page(name, rows.map(withRights), query.limit, ({ id, createdAt }) => ({
      id,
      at: createdAt.toISOString(),
    }));
  }

  /** Agents that would fail without it, by name. @throws AppError not found */
  async agentsUsing(id: string): Promise<UsingAgent[]> {
    await this.get(id);
    return this.database.transaction((manager) =>
      manager.query<UsingAgent[]>(
        `SELECT a.id, a.name FROM agent a
          WHERE a.org_id = $1
            AND (strpos(a.draft::text, $2) > 0
                 OR EXISTS (SELECT 1 FROM agent_version v JOIN agent_node n ON n.org_id = v.org_id AND n.version_id = v.id
                             WHERE v.org_id = a.org_id AND v.agent_id = a.id AND v.number = a.published_version
                               AND strpos(n.config::text, $2) > 0))
          ORDER BY a.name, a.id LIMIT ${MAX_AGENTS}`,
        [OrgContext.require(), id],
      ),
    );
  }
}

function withRights(row: SelectedRow): CredentialRow {
  const principal = currentPrincipal();
  return { ...row, mayUse: mayUse(row, principal), mayEdit: mayEdit(row, principal) };
}
