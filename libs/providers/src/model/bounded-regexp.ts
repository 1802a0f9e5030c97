import { createContext, Script } from 'node:vm';

const LONGEST_MATCH_MS = 50;
const LONGEST_PATTERN = 1_000;
const TEST = new Script('expression.test(text)');
const FIND = new Script('(expression.exec(text) || [])[0]');
const scope: { expression: RegExp; text: string } = { expression: /(?:)/, text: '' };
const context = createContext(scope);

/**
 * A regular expression from a user's schema. Backtracking can take longer than the universe has, so each match runs
 * under a time limit, which only the vm module offers; a match that does not finish counts as none.
 */
export class BoundedRegExp {
  private readonly expression: RegExp;

  constructor(pattern: string, flags: string) {
    if (pattern.length > LONGEST_PATTERN) throw new Error(`a pattern is longer than ${LONGEST_PATTERN} characters`);
    this.expression = new RegExp(pattern, flags);
  }

  test(text: string): boolean {
    return this.run(TEST, text) === true;
  }

  /** The first match, or undefined. */
  find(text: string): string | undefined {
    return this.run(FIND, text) as string | undefined;
  }

  toString(): string {
    return String(this.expression);
  }

  private run(script: Script, text: string): unknown {
    scope.expression = this.expression;
    scope.text = text;
    try {
      return script.runInContext(context, { timeout: LONGEST_MATCH_MS });
    } catch {
      return undefined;
    } finally {
      scope.text = '';
    }
  }
}
