import { Injectable } from '@nestjs/common';

/** Something outside of the library that works with a prompt. */
export interface PromptUse {
  readonly id: string;
  /** What people call it. */
  readonly name: string;
}

/** Tells who works with a prompt of the ambient organisation. */
export interface PromptUser {
  /** At most `limit` of them. */
  findUses(promptId: string, limit: number): Promise<readonly PromptUse[]>;
}

/**
 * Asks everybody who uses prompts. The library knows none of them: agents stand above it, and say at start that they are
 * there.
 */
@Injectable()
export class PromptUses {
  private readonly users: PromptUser[] = [];

  /** Called once, while the application starts. */
  announce(user: PromptUser): void {
    this.users.push(user);
  }

  async find(promptId: string, limit: number): Promise<readonly PromptUse[]> {
    const uses: PromptUse[] = [];
    for (const user of this.users) uses.push(...(await user.findUses(promptId, limit)));
    return uses.slice(0, limit);
  }
}
