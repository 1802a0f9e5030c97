import jsonata from 'jsonata';
import { toPlainJson } from '../../json/plain-json.js';
import { EXPRESSION_JSON_LIMITS } from '../expression-limits.js';
import type { JsonataNode } from '../jsonata-ast.js';
import { compileAst } from './compiler.js';
import { UNUSUAL_CORPUS } from './testing/unusual-corpus.js';
import { CORPUS } from './testing/usual-corpus.js';
import { ExpressionGenerator } from './testing/expression-generator.js';
import { INPUTS } from './testing/inputs.js';
import { HAND_OVER, NotCompiledError } from './not-compiled.js';

type Outcome = { readonly value: unknown } | 'hands over' | 'fails';

function plain(value: unknown): unknown {
  return value === undefined ? undefined : toPlainJson(value, EXPRESSION_JSON_LIMITS).value;
}

async function answerOfJsonata(source: string, root: unknown): Promise<Outcome> {
  try {
    return { value: plain(await jsonata(source).evaluate(JSON.parse(JSON.stringify(root)))) };
  } catch {
    return 'fails';
  }
}

function compile(source: string): ((root: unknown) => Outcome) | undefined {
  try {
    const run = compileAst(jsonata(source).ast() as JsonataNode);
    return (root) => {
      let value: unknown;
      try {
        value = run(root);
      } catch (error) {
        if (error === HAND_OVER) return 'hands over';
        throw error;
      }
      try {
        return { value: plain(value) };
      } catch {
        return 'fails';
      }
    };
  } catch (error) {
    if (error instanceof NotCompiledError) return undefined;
    throw error;
  }
}

/** What differs, in words; and how many of the answers were given by compiled code. */
async function compare(
  sources: readonly string[],
): Promise<{ differences: string[]; compiled: number; answered: number }> {
  const differences: string[] = [];
  let [compiled, answered] = [0, 0];
  for (const source of sources) {
    const run = compile(source);
    if (run === undefined) continue;
    compiled++;
    for (const [name, root] of Object.entries(INPUTS)) {
      const before = JSON.stringify(root);
      const ours = run(root);
      if (JSON.stringify(root) !== before) differences.push(`${source} changes ${name}`);
      if (ours === 'hands over') continue;
      answered++;
      const theirs = await answerOfJsonata(source, root);
      if (show(ours) !== show(theirs))
        differences.push(`${source} of ${name}: ${show(ours)}, JSONata: ${show(theirs)}`);
    }
  }
  return { differences, compiled, answered };
}

function show(outcome: Outcome): string {
  if (typeof outcome === 'string') return outcome;
  return outcome.value === undefined ? 'nothing' : JSON.stringify(outcome.value);
}

describe('compiled expressions', () => {
  it('answer what JSONata answers, for everything that authors usually write, and do so themselves', async () => {
    expect(CORPUS.filter((source) => compile(source) === undefined)).toEqual([]);
    expect((await compare(CORPUS)).differences).toEqual([]);
  });

  it('answer what JSONata answers, or leave it to JSONata, for what is unusual', async () => {
    expect((await compare(UNUSUAL_CORPUS)).differences).toEqual([]);
  });

  it.each([1, 2, 3])('answer what JSONata answers for 400 random expressions (seed %d)', async (seed) => {
    const generator = new ExpressionGenerator(seed);
    const sources = Array.from({ length: 400 }, () => generator.expression(4));
    const { differences, compiled, answered } = await compare(sources);
    expect(differences).toEqual([]);
    expect(compiled).toBeGreaterThan(200);
    expect(answered).toBeGreaterThan(1_000);
  });
});
