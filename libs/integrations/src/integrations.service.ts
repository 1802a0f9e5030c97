import { currentPrincipal } from '#auth';
import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { OrgDatabase } from '#tenancy';
import { mayEdit, maySee } from './credential-access.js';
import { CredentialSecrets } from './credential-secrets.js';
import { type FieldChanges, fieldProblems, hintsOf, splitValues, withChanges } from './field-values.js';
import { isNoWider, normalHostRule, parseHostRule } from './hosts/host-rule.js';
import type { Integration, Sharing } from './integration.entity.js';
import {
  credentialNotEditable,
  credentialNotFound,
  fieldsInvalid,
  secretsRequired,
  tooManyCredentials,
} from './integrations.errors.js';
import { IntegrationsRepository } from './integrations.repository.js';
import type { CredentialKind, FieldValues } from './kinds/credential-kind.js';
import { findCredentialKind } from './kinds/credential-kinds.js';

const MAX_CREDENTIALS = 500;
const MAX_HOSTS = 20;

export interface NewCredential {
  readonly kind: string;
  readonly name: string;
  readonly fields: FieldChanges;
  /** The kind's own when absent. */
  readonly allowedHosts?: readonly string[];
  readonly sharing?: Sharing;
}

export type CredentialChange = Partial<Omit<NewCredential, 'kind'>>;

/** Credentials as people keep them; using them is `CredentialVault`'s. */
@Injectable()
export class IntegrationsService {
  constructor(
    private readonly database: OrgDatabase,
    private readonly integrations: IntegrationsRepository,
    private readonly secrets: CredentialSecrets,
  ) {}

  /** @throws AppError credential.fields_invalid · credential.name_taken · credential.too_many */
  create({ kind: kindName, name, fields, allowedHosts, sharing = 'use' }: NewCredential): Promise<Integration> {
    const kind = findCredentialKind(kindName);
    if (!kind) throw fieldsInvalid([{ pointer: '/kind', code: 'unknown', message: 'There is no such kind.' }]);
    const values = checked(kind, withChanges({}, fields));
    const hosts = hostsOf(kind, values, allowedHosts);
    const { secrets, shown } = splitValues(kind, values);
    const id = newId();
    return this.database.transaction(async () => {
      if ((await this.integrations.countToAdd()) >= MAX_CREDENTIALS) throw tooManyCredentials(MAX_CREDENTIALS);
      const sealedFields = await this.secrets.sealFields(id, secrets);
      return this.integrations.add(id, {
        kind: kind.kind,
        name,
        fields: shown,
        secretHints: hintsOf(secrets),
        sealedFields,
        allowedHosts: hosts,
        sharing,
        createdByUserId: currentPrincipal().userId,
      });
    });
  }

  /**
   * Fields that are not named stay. Whatever sends the secrets elsewhere needs them entered again, and ends a sign-in.
   * @throws AppError as `create`, and not found · credential.not_editable · credential.secrets_required
   */
  async update(id: string, change: CredentialChange): Promise<void> {
    await this.database.transaction(async () => {
      const before = await this.integrations.lockSealed(id);
      assertEditable(before);
      const kind = kindOf(before);
      const { name, sharing, fields = {}, allowedHosts } = change;
      const valuesBefore = await this.valuesOf(before, kind, fields);
      const values = checked(kind, withChanges(valuesBefore, fields));
      const hosts = nextHosts(kind, before, values, allowedHosts);
      const goesElsewhere = bindsAnew(kind, valuesBefore, values) || !isNoWider(hosts, before.allowedHosts);
      if (goesElsewhere) assertSecretsEntered(before, fields);
      const { secrets, shown } = splitValues(kind, values);
      await this.integrations.change(id, {
        ...(name !== undefined && { name }),
        ...(sharing !== undefined && { sharing }),
        fields: shown,
        secretHints: hintsOf(secrets),
        sealedFields: await this.secrets.sealFields(id, secrets),
        allowedHosts: hosts,
        ...(goesElsewhere && { sealedTokens: null, tokensExpireAt: null }),
      });
    });
  }

  /** @throws AppError not found · credential.not_editable */
  async delete(id: string): Promise<void> {
    await this.database.transaction(async () => {
      assertEditable(await this.integrations.lockSealed(id));
      await this.integrations.remove(id);
    });
  }

  /** What cannot be read any more may be entered again, as long as all of it is. */
  private async valuesOf(before: Integration, kind: CredentialKind, changes: FieldChanges): Promise<FieldValues> {
    const names = Object.keys(before.secretHints);
    if (names.length > 0 && names.every((name) => typeof changes[name] === 'string')) return before.fields;
    return { ...before.fields, ...(await this.secrets.openFields(before)) };
  }
}

/** @throws AppError not found, or forbidden to those who may only use it */
export function assertEditable(credential: Integration | null): asserts credential is Integration {
  const principal = currentPrincipal();
  if (!credential || !maySee(credential, principal)) throw credentialNotFound();
  if (!mayEdit(credential, principal)) throw credentialNotEditable();
}

/** The kind of a row. A row of a kind that this version does not know is nothing that can be used. */
export function kindOf({ kind }: Pick<Integration, 'kind'>): CredentialKind {
  const known = findCredentialKind(kind);
  if (!known) throw credentialNotFound();
  return known;
}

function checked(kind: CredentialKind, values: FieldValues): FieldValues {
  const problems = fieldProblems(kind, values);
  if (problems.length > 0) throw fieldsInvalid(problems);
  return values;
}

function hostsOf(kind: CredentialKind, values: FieldValues, given: readonly string[] | undefined): string[] {
  const rules = given === undefined || given.length === 0 ? kind.hosts(values) : given;
  const wrong = rules.findIndex((rule) => parseHostRule(rule) === null);
  if (wrong >= 0 || rules.length > MAX_HOSTS) {
    const message =
      wrong >= 0
        ? 'Write a host such as api.example.com, *.example.com or http://10.1.2.3:8080.'
        : `At most ${MAX_HOSTS} hosts.`;
    throw fieldsInvalid([{ pointer: wrong >= 0 ? `/allowedHosts/${wrong}` : '/allowedHosts', code: 'host', message }]);
  }
  if (rules.length === 0) {
    const message = 'Name the hosts that this credential may be sent to.';
    throw fieldsInvalid([{ pointer: '/allowedHosts', code: 'required', message }]);
  }
  return [...new Set(rules.map(normalHostRule))];
}

/** Hosts that followed from the fields go on following from them. */
function nextHosts(
  kind: CredentialKind,
  before: Integration,
  values: FieldValues,
  given: readonly string[] | undefined,
): string[] {
  if (given !== undefined) return hostsOf(kind, values, given);
  const followed = kind.hosts(before.fields).map(normalHostRule);
  const didFollow =
    followed.length > 0 && isNoWider(followed, before.allowedHosts) && isNoWider(before.allowedHosts, followed);
  return didFollow ? hostsOf(kind, values, undefined) : before.allowedHosts;
}

function bindsAnew(kind: CredentialKind, before: FieldValues, after: FieldValues): boolean {
  return kind.fields.some(({ name, binds }) => binds === true && before[name] !== after[name]);
}

function assertSecretsEntered({ secretHints }: Integration, changes: FieldChanges): void {
  const missing = Object.keys(secretHints).filter((name) => !(name in changes));
  if (missing.length > 0) throw secretsRequired(missing);
}
