import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { OrgDatabase } from '#tenancy';
import { authErrors } from '../auth.errors.js';
import { violatesUnique } from '../unique-violation.js';
import { normalEmail } from './email-address.js';
import { User } from './user.entity.js';

/** People belong to no organisation, so nothing is filtered here; callers are inside an organisation or `acrossOrgs`. */
@Injectable()
export class UsersRepository {
  constructor(private readonly database: OrgDatabase) {}

  findByEmail(email: string): Promise<User | null> {
    return this.database.transaction((manager) => manager.findOneBy(User, { email: normalEmail(email) }));
  }

  findById(id: string): Promise<User | null> {
    return this.database.transaction((manager) => manager.findOneBy(User, { id }));
  }

  exists(): Promise<boolean> {
    return this.database.transaction((manager) => manager.exists(User));
  }

  /** @throws AppError conflict when the address has an account */
  async add(person: { email: string; name: string; passwordHash: string | null }): Promise<User> {
    const email = normalEmail(person.email);
    try {
      return await this.database.transaction(async (manager) => {
        const user = manager.create(User, { ...person, email, id: newId(), emailVerifiedAt: null });
        await manager.insert(User, user);
        return user;
      });
    } catch (error) {
      if (violatesUnique(error, 'user_email_key')) throw authErrors.emailTaken();
      throw error;
    }
  }

  async setPassword(id: string, passwordHash: string): Promise<void> {
    await this.database.transaction((manager) => manager.update(User, { id }, { passwordHash }));
  }

  async markEmailVerified(id: string): Promise<void> {
    await this.database.transaction((manager) =>
      manager.query(
        'UPDATE "user" SET email_verified_at = coalesce(email_verified_at, now()), updated_at = now() WHERE id = $1',
        [id],
      ),
    );
  }
}
