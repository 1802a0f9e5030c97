import { Injectable } from '@nestjs/common';
import { currentPrincipal } from '#auth';
import { mayUse } from './credential-access.js';
import { CredentialSecrets } from './credential-secrets.js';
import { mayBeSentTo } from './hosts/host-rule.js';
import type { Integration } from './integration.entity.js';
import { credentialNotFound, hostNotAllowed, notConnected, wrongCredentialKind } from './integrations.errors.js';
import { IntegrationsRepository, type SealedIntegration } from './integrations.repository.js';
import { kindOf } from './integrations.service.js';
import type { CredentialKind } from './kinds/credential-kind.js';
import { TokenRefresh } from './oauth/token-refresh.js';

const MAX_LISTED = 200;
const MAX_USED_BY = 200;
/** How old the note of the last use may get before it is written anew. */
const NOTE_AFTER_MS = 60_000;

/** A credential without anything of its secrets. */
export interface CredentialSummary {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** The fields that are no secrets. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A credential about to be sent somewhere. */
interface Use {
  readonly credentialId: string;
  /** What people see as its last use: an agent, a run, a tool. */
  readonly usedBy: string;
}

/**
 * The one place where a stored secret comes out. It does so only for a place that the credential is bound to, which is
 * checked here, where it is attached. Always inside the ambient organisation.
 */
@Injectable()
export class CredentialVault {
  constructor(
    private readonly integrations: IntegrationsRepository,
    private readonly secrets: CredentialSecrets,
    private readonly refresh: TokenRefresh,
  ) {}

  /**
   * Headers for one request, names in lower case. They must not follow a redirect to another origin, which is how the
   * egress door treats them.
   * @throws AppError credential.not_found (404; also another organisation's) · credential.host_not_allowed (403, nothing is sent)
   */
  async headersFor(use: Use & { readonly url: string }): Promise<Readonly<Record<string, string>>> {
    const { row, kind } = await this.get(use.credentialId);
    if (!kind.headers) throw wrongCredentialKind(kind.kind, 'a credential of a web service');
    if (!mayBeSentTo(use.url, row.allowedHosts)) throw hostNotAllowed(use.url);
    const values = await this.secrets.openFields(row);
    const headers = kind.headers(values, await this.accessToken(row, kind, values));
    await this.note(row, use.usedBy);
    return headers;
  }

  /**
   * Opened fields for an SDK; those of a sign-in have `accessToken`.
   * @param use with `baseUrl` only when that is a place that the credential may be sent to; without it, the caller sends
   *   it nowhere but where its own fields say
   * @throws AppError as `headersFor`, and credential.wrong_kind
   */
  async fieldsFor(
    use: Use & { readonly kind: string; readonly baseUrl?: string },
  ): Promise<Readonly<Record<string, string>>> {
    const { row, kind } = await this.get(use.credentialId);
    if (kind.kind !== use.kind) throw wrongCredentialKind(kind.kind, use.kind);
    if (use.baseUrl !== undefined && !mayBeSentTo(use.baseUrl, row.allowedHosts)) throw hostNotAllowed(use.baseUrl);
    const values = await this.secrets.openFields(row);
    const accessToken = await this.accessToken(row, kind, values);
    await this.note(row, use.usedBy);
    return { ...values, ...(accessToken !== null && { accessToken }) };
  }

  /** The organisation's credentials of these kinds that are shared with all of it, oldest first and without secrets. */
  async listOfKinds(kinds: readonly string[]): Promise<readonly CredentialSummary[]> {
    const rows = await this.integrations.findOfKinds(kinds, MAX_LISTED);
    return rows.filter(({ sharing }) => sharing !== 'private').map(summaryOf);
  }

  /** Of which kind it is and where its service is, without secrets. @throws AppError credential.not_found */
  async describe(credentialId: string): Promise<CredentialSummary> {
    const row = await this.integrations.find(credentialId);
    if (!row) throw credentialNotFound();
    return summaryOf(row);
  }

  /** Those of the ids that whoever is asking may use, for checks before anything is saved or run. */
  async findUsable(ids: readonly string[]): Promise<ReadonlyMap<string, CredentialSummary>> {
    const principal = currentPrincipal();
    const rows = await this.integrations.findByIds(ids);
    return new Map(rows.filter((row) => mayUse(row, principal)).map((row) => [row.id, summaryOf(row)]));
  }

  private async get(id: string): Promise<{ row: SealedIntegration; kind: CredentialKind }> {
    const row = await this.integrations.findSealed(id);
    if (!row) throw credentialNotFound();
    return { row, kind: kindOf(row) };
  }

  private async accessToken(
    row: SealedIntegration,
    kind: CredentialKind,
    values: Readonly<Record<string, string>>,
  ): Promise<string | null> {
    const oauth = kind.oauth?.(values) ?? null;
    if (oauth === null && kind.protectedServer === undefined) return null;
    if (row.sealedTokens === null) {
      // A kind that also takes a token as it is does without signing in.
      if (values['token'] !== undefined) return null;
      throw notConnected();
    }
    return this.refresh.accessToken(row, oauth);
  }

  private async note({ id, lastUsedAt }: Integration, usedBy: string): Promise<void> {
    if (lastUsedAt !== null && Date.now() - lastUsedAt.getTime() < NOTE_AFTER_MS) return;
    await this.integrations.noteUse(id, usedBy.slice(0, MAX_USED_BY));
  }
}

const summaryOf = ({ id, kind, name, fields }: Integration): CredentialSummary => ({ id, kind, name, fields });
