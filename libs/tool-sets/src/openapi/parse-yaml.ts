import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

const TIME_MS = 20_000;
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };
/** Aliases that stand for aliases grow a small text into a huge value; the library counts what they come to. */
const MAX_ALIASES = 1_000;
const MAX_JSON_BYTES = 16 * 1024 * 1024;

/**
 * Plain JavaScript, because it runs as text in a thread of its own: reading a few megabytes of YAML takes seconds, in which this
 * process would do nothing else.
 */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const { parse } = require(workerData.yaml);
try {
  const options = { maxAliasCount: workerData.maxAliases, schema: 'core', merge: true, prettyErrors: true, logLevel: 'error' };
  const json = JSON.stringify(parse(workerData.text, options));
  const isTooLarge = json !== undefined && json.length > workerData.maxJsonBytes;
  parentPort.postMessage(isTooLarge ? { problem: 'it is too large when its aliases are written out' } : { json: json ?? 'null' });
} catch (error) {
  parentPort.postMessage({ problem: String(error && error.message).split('\\n')[0].slice(0, 300) });
}`;

interface Reply {
  readonly json?: string;
  readonly problem?: string;
}

/** What a text in YAML says, as JSON. @throws Error with a message for people */
export async function parseYaml(text: string): Promise<unknown> {
  const { json, problem } = await reply(text);
  if (json === undefined) throw new Error(problem ?? 'it cannot be read');
  return JSON.parse(json) as unknown;
}

function reply(text: string): Promise<Reply> {
  const yaml = createRequire(import.meta.url).resolve('yaml');
  const thread = new Worker(THREAD, {
    eval: true,
    env: {},
    argv: [],
    execArgv: [],
    workerData: { yaml, text, maxAliases: MAX_ALIASES, maxJsonBytes: MAX_JSON_BYTES },
    resourceLimits: RESOURCE_LIMITS,
  });
  return new Promise<Reply>((resolve) => {
    const timer = setTimeout(() => resolve({ problem: 'it takes too long to read' }), TIME_MS);
    const settle = (answer: Reply): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    thread.once('message', settle);
    thread.once('error', () => settle({ problem: 'it is too complicated to read' }));
    thread.once('exit', () => settle({ problem: 'it cannot be read' }));
  }).finally(() => void thread.terminate());
}
