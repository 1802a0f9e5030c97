import { availableParallelism } from 'node:os';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Options, hash, verify } from '@node-rs/argon2';
import { authErrors } from '../auth.errors.js';
import { makeSecret } from '../secret-token.js';

/** argon2id (the library's default kind) with OWASP's parameters: about 20 ms and 19 MiB on one core. */
const PARAMETERS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Beside file and name lookups hashing shares libuv's four threads, so it never takes all of them. */
const MOST_AT_ONCE = Math.max(1, Math.min(2, availableParallelism()));

/** At 20 ms each this is more than a second of waiting; whoever comes later hears "busy" at once. */
const MOST_WAITING = 128;

/** Hashes and checks passwords, a few at a time, so that a flood of log-ins cannot take the whole machine. */
@Injectable()
export class PasswordHasher implements OnModuleInit {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private decoy: Promise<string> | null = null;

  /** @throws AppError unavailable when too many wait already */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, PARAMETERS));
  }

  /**
   * Takes the same time whether there is a hash or not, so that the answer's delay does not tell who has an account.
   * @throws AppError unavailable when too many wait already
   */
  async matches(passwordHash: string | null, password: string): Promise<boolean> {
    const against = passwordHash ?? (await this.decoyHash());
    const equal = await this.inTurn(() => verify(against, password));
    return equal && passwordHash !== null;
  }

  /** Makes the decoy ahead of the first log-in, which would otherwise take twice as long. */
  async onModuleInit(): Promise<void> {
    await this.decoyHash();
  }

  private decoyHash(): Promise<string> {
    this.decoy ??= hash(makeSecret(), PARAMETERS);
    return this.decoy;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= MOST_AT_ONCE) {
      if (this.waiting.length >= MOST_WAITING) throw authErrors.busy();
      // The one that finishes hands its place over, so `running` stays as it is.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
