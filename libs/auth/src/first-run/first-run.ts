import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { InjectSettings, type Settings } from '#platform/config';
import { acrossOrgs, OrgContext, OrgDatabase } from '#tenancy';
import { ApiKeysRepository } from '../api-keys/api-keys.repository.js';
import { ApiKeysService } from '../api-keys/api-keys.service.js';
import { MembershipsRepository } from '../members/memberships.repository.js';
import type { Plan } from '../organisations/organization.entity.js';
import { OrganisationsService } from '../organisations/organisations.service.js';
import { PasswordHasher } from '../people/password-hasher.js';
import { UsersRepository } from '../people/users.repository.js';
import { PERMISSIONS } from '../permission.js';
import { PublicAddress } from '../public-address.js';
import { hashSecret } from '../secret-token.js';
import { OneTimeTokensRepository } from '../sessions/one-time-tokens.repository.js';
import { violatesUnique } from '../unique-violation.js';
import { KeptApiKey } from './kept-api-key.js';

const DEMO = { email: 'owner@localhost', name: 'Owner', org: 'My organisation' };

/** Any constant of our own: processes that start together take turns. */
const FIRST_RUN_LOCK = 4_178_563_202;

/** Whose installation this is. */
export interface InstallationOwner {
  readonly userId: string;
  readonly orgId: string;
  /** Without one the launcher has to show a sign-in link. */
  readonly hasPassword: boolean;
}

interface Founding {
  readonly email: string;
  readonly name: string;
  readonly org: string;
  readonly password: string | null;
  readonly plan: Plan;
}

/** Makes the first person and organisation, once. A second start finds them and changes nothing about them. */
@Injectable()
export class FirstRun {
  private readonly keptKey: KeptApiKey;

  // Nine guests: the first start makes one of everything.
  constructor(
    @InjectSettings() private readonly settings: Settings,
    private readonly database: OrgDatabase,
    private readonly users: UsersRepository,
    private readonly memberships: MembershipsRepository,
    private readonly organisations: OrganisationsService,
    private readonly passwords: PasswordHasher,
    private readonly apiKeysRepository: ApiKeysRepository,
    private readonly apiKeys: ApiKeysService,
    private readonly oneTimeTokens: OneTimeTokensRepository,
    private readonly address: PublicAddress,
  ) {
    this.keptKey = new KeptApiKey(settings.dataDirectory);
  }

  /**
   * Head-less (AGENTFLOW_INIT_*): the named owner, organisation and API key. Otherwise, while nobody has signed up: the
   * demo organisation, whose owner has no password and comes in by {@link createSignInLink}.
   * @returns the owner that the settings name or the demo owner; null when people made their own accounts
   */
  async ensure(firstRun = this.settings.firstRun): Promise<InstallationOwner | null> {
    const { org, email, password, apiKey, plan } = firstRun;
    if (org === null || email === null || password === null) return this.ensureDemo(plan);
    const owner = await this.ensureOwner({ email, name: email.split('@')[0] ?? email, org, password, plan });
    if (owner !== null && apiKey !== null) await this.ensureKey(owner, apiKey);
    return owner;
  }

  /** An address that signs this person in once, within 24 hours. */
  async createSignInLink(userId: string): Promise<string> {
    const token = await acrossOrgs('a sign-in link belongs to a person, not to an organisation', () =>
      this.oneTimeTokens.add(userId, 'sign-in'),
    );
    return this.address.link(`/sign-in?link=${token}`);
  }

  /** A new API key with every scope. */
  async createApiKey({ userId, orgId }: InstallationOwner, name: string): Promise<string> {
    const { key } = await OrgContext.run(orgId, () =>
      this.apiKeys.create(
        { kind: 'user', userId, credentialId: userId, orgId, permissions: new Set(PERMISSIONS) },
        { name, scopes: PERMISSIONS, expiresAt: null },
      ),
    );
    return key;
  }

  /** The key of the first start, from `<dataDirectory>/api-key.txt`; a new one when it is missing or was revoked. */
  async startupApiKey(owner: InstallationOwner): Promise<string> {
    const kept = await this.keptKey.read();
    if (kept !== null && (await this.isLive(owner, kept))) return kept;
    const key = await this.createApiKey(owner, 'Made at first start');
    await this.keptKey.write(key);
    return key;
  }

  private async ensureDemo(plan: Plan): Promise<InstallationOwner | null> {
    const anybody = await acrossOrgs('the first start looks for people in all organisations', () =>
      this.users.exists(),
    );
    return anybody ? this.findOwner(DEMO.email) : this.ensureOwner({ ...DEMO, password: null, plan });
  }

  /** Hashes before it locks, and looks again under the lock, because another process may have been faster. */
  private async ensureOwner(founding: Founding): Promise<InstallationOwner | null> {
    const userExists = await this.userExists(founding.email);
    if (!userExists) {
      const passwordHash = founding.password === null ? null : await this.passwords.hash(founding.password);
      await this.found(founding, passwordHash);
    }
    return this.findOwner(founding.email);
  }

  private async found({ email, name, org, plan }: Founding, passwordHash: string | null): Promise<void> {
    await acrossOrgs('the first organisation is made before there is any', () =>
      this.database.transaction(async (manager) => {
        await manager.query('SELECT pg_advisory_xact_lock($1)', [FIRST_RUN_LOCK]);
        if (await this.users.findByEmail(email)) return;
        const user = await this.users.add({ email, name, passwordHash });
        await this.organisations.found(newId(), org, user.id, plan);
      }),
    );
  }

  private async userExists(email: string): Promise<boolean> {
    return acrossOrgs('the first start looks for its owner in all organisations', async () => {
      return (await this.users.findByEmail(email)) !== null;
    });
  }

  private async findOwner(email: string): Promise<InstallationOwner | null> {
    return acrossOrgs('the first start looks for its owner in all organisations', () =>
      this.database.transaction(async () => {
        const user = await this.users.findByEmail(email);
        const memberships = user ? await this.memberships.findAllOf(user.id) : [];
        const owned = memberships.find(({ role }) => role === 'owner');
        return user && owned ? { userId: user.id, orgId: owned.orgId, hasPassword: user.passwordHash !== null } : null;
      }),
    );
  }

  /** A key that was revoked stays revoked: its row is still there. */
  private async ensureKey({ userId, orgId }: InstallationOwner, key: string): Promise<void> {
    const known = await acrossOrgs('the key of the settings may be known to any organisation', () =>
      this.apiKeysRepository.findByHash(hashSecret(key)),
    );
    if (known) return;
    try {
      await OrgContext.run(orgId, () =>
        this.apiKeys.add(key, userId, { name: 'From AGENTFLOW_INIT_API_KEY', scopes: PERMISSIONS, expiresAt: null }),
      );
    } catch (error) {
      // A process that started at the same moment was faster.
      if (!violatesUnique(error, 'api_key_key_hash_key')) throw error;
    }
  }

  private async isLive({ orgId }: InstallationOwner, key: string): Promise<boolean> {
    const apiKey = await OrgContext.run(orgId, () => this.apiKeysRepository.findByHash(hashSecret(key)));
    if (apiKey === null || apiKey.revokedAt !== null) return false;
    return apiKey.expiresAt === null || apiKey.expiresAt.getTime() > Date.now();
  }
}
