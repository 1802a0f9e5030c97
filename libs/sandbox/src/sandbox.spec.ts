import { Sandbox } from './sandbox.js';
import { SandboxError } from './sandbox-error.js';
import type { CodeRequest, CodeResult } from './code-request.js';

const sandbox = new Sandbox({ threads: 2 });
afterAll(() => sandbox.close());

function run(source: string, input: unknown = null, rest: Partial<CodeRequest> = {}): Promise<CodeResult> {
  return sandbox.runCode({ source, input, limits: { cpuMs: 2_000, wallMs: 8_000 }, ...rest });
}

async function value(source: string, input?: unknown): Promise<unknown> {
  return (await run(source, input)).value;
}

async function refusal(source: string, rest: Partial<CodeRequest> = {}): Promise<SandboxError> {
  const error = await run(source, null, rest).then(
    ({ value }) => new Error(`returned ${JSON.stringify(value)?.slice(0, 100)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof SandboxError)) throw error;
  return error;
}

describe('the sandbox', () => {
  it.each([
    ['a body with return', 'return input.a + 1'],
    ['a body with await', 'const one = await Promise.resolve(1); return input.a + one'],
    ['a main function', 'function main(input) { return input.a + 1 }'],
    ['an async main function', 'async function main({ a }) { await null; return a + 1 }'],
    ['a main that is a constant', 'const main = ({ a }) => a + 1'],
    ['a default export', 'export default (input) => input.a + 1'],
    ['an async default export', 'export default async function ({ a }) { return a + await Promise.resolve(1) }'],
    ['a module with main', 'const one = await Promise.resolve(1);\nexport function main({ a }) { return a + one }'],
    ['an exported value', 'export default 42'],
    ['a comment at the end', 'return 42 // the answer'],
  ])('runs %s', async (_title, source) => {
    expect(await value(source, { a: 41 })).toBe(42);
  });

  it.each([
    ['nothing', 'const a = 1', null],
    ['a function', 'return () => 1', null],
    ['not a number', 'return NaN', null],
    ['a date', 'return new Date(0)', '1970-01-01T00:00:00.000Z'],
    ['a map', 'return new Map([[1, 2]])', {}],
    ['text of many scripts', 'return "ä€😀\\u0000"', 'ä€😀\u0000'],
  ])('returns %s as JSON has it', async (_title, source, expected) => {
    expect(await value(source)).toEqual(expected);
  });

  it('hears console in order, whatever is logged, and keeps no more than it may', async () => {
    const odd =
      'const o = {}; o.o = o; console.log("a", 1, { b: [2] }); console.warn(new TypeError("x")); console.error(o, 1n, Symbol("s"))';
    expect((await run(odd)).logs).toEqual([
      { level: 'info', message: 'a 1 {"b":[2]}' },
      { level: 'warn', message: 'TypeError: x' },
      { level: 'error', message: '[cannot be shown] 1 Symbol(s)' },
    ]);
    const loud = await run('for (let i = 0; i < 1e5; i++) console.log("x".repeat(50)); return 1', null, {
      limits: { logBytes: 1_000 },
    });
    expect(loud.value).toBe(1);
    expect(loud.logs.length).toBeLessThan(25);
    expect(loud.logs.at(-1)).toEqual({ level: 'warn', message: 'The code said more than is kept.' });
  });

  it('says where code does not parse', async () => {
    expect(await refusal('const a = 1;\nconst b = ;')).toMatchObject({ code: 'code.syntax', line: 2 });
    expect(await refusal('export default function (\n')).toMatchObject({ code: 'code.syntax' });
  });

  it.each([
    ['an error', 'const a = 1;\n\nthrow new Error("no " + a)', { message: 'no 1', line: 3 }],
    ['an error of another kind', 'null.a', { message: expect.stringMatching(/^TypeError: /) as string, line: 1 }],
    [
      'inside an async function',
      'async function main() {\n await null;\n throw new RangeError("far");\n}',
      { message: 'RangeError: far', line: 3 },
    ],
    ['text', 'throw "just text"', { message: 'just text' }],
    ['nothing', 'throw undefined', { message: 'undefined' }],
    ['null', 'throw null', { message: 'null' }],
    ['a symbol', 'throw Symbol("s")', { message: 'Symbol(s)' }],
    ['a trap', 'throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 } })', {}],
    [
      'an error whose message throws',
      'const e = new Error(); Object.defineProperty(e, "message", { get() { throw e } }); throw e',
      {},
    ],
    ['a rejected promise', 'return Promise.reject(new Error("later"))', { message: 'later' }],
    ['an error while the value is read', 'return { get a() { throw new Error("getter") } }', { message: 'getter' }],
    ['a value that refers to itself', 'const a = {}; a.a = a; return a', {}],
    ['a big integer', 'return 1n', {}],
    [
      'a promise that never settles',
      'await new Promise(() => {})',
      { message: expect.stringMatching(/no timers/) as string },
    ],
  ])('tells that code threw %s', async (_title, source, expected) => {
    expect(await refusal(source)).toMatchObject({ code: 'code.threw', ...expected });
  });

  it('keeps what the code said before it failed', async () => {
    expect((await refusal('console.log("here"); throw new Error("x")')).logs).toEqual([
      { level: 'info', message: 'here' },
    ]);
  });
});

describe('code that looks for a way out', () => {
  const HOST = `typeof process + typeof require + typeof Buffer + typeof fetch + typeof setTimeout + typeof setInterval
    + typeof WebAssembly + typeof Worker + typeof XMLHttpRequest + typeof global + typeof module + typeof std + typeof os`;

  it.each([
    ['by name', `return ${HOST}`],
    ['by the constructor of a function', `return (() => {}).constructor("return ${HOST.replaceAll(/\s+/g, ' ')}")()`],
    [
      'by the constructor of an async generator',
      `return (async () => {}).constructor("return ${HOST.replaceAll(/\s+/g, ' ')}")()`,
    ],
    [
      'by the constructor of what the host gives',
      `return console.log.constructor("return ${HOST.replaceAll(/\s+/g, ' ')}")()`,
    ],
    ['by indirect eval', `return (0, eval)(\`${HOST}\`)`],
    ['by the global object', `return ${HOST.replaceAll('typeof ', 'typeof globalThis.')}`],
  ])('finds no host object %s', async (_title, source) => {
    expect(await value(source)).toBe('undefined'.repeat(13));
  });

  it.each([
    'import("node:fs").then((fs) => fs.readFileSync("/etc/passwd", "utf8"))',
    'import("node:inspector/promises")',
    'import("data:text/javascript,export default 1")',
  ])('cannot import: %s', async (source) => {
    expect(await refusal(`return await ${source}`)).toMatchObject({ code: 'code.threw' });
  });

  it.each([
    'import fs from "node:fs";\nexport default () => fs',
    'export * from "./code.js?x"',
    'export { default } from "https://example.com/x.js"',
  ])('cannot import as a module: %s', async (source) => {
    expect((await refusal(source)).code).toMatch(/^code\.(threw|syntax)$/);
  });

  it.each([
    ['the constructor of everything', 'return this?.constructor?.constructor?.("return process")?.()'],
    ['a built-in module', 'return process.getBuiltinModule("child_process")'],
    ['the callee of the host', 'return (function f() { return f.caller.constructor("return process")() })()'],
  ])('gets nowhere with %s', async (_title, source) => {
    const result = await run(source).then(
      ({ value }) => value,
      (error: unknown) => (error as SandboxError).code,
    );
    expect([null, 'code.threw']).toContain(result);
  });

  it('learns nothing of the host from stacks', async () => {
    const stack = await value(
      'Error.prepareStackTrace = (_, sites) => sites; const s = new Error("x").stack; return typeof s === "string" ? s : s.map((site) => String(site.getThis?.()))',
    );
    expect(JSON.stringify(stack)).not.toMatch(/node|work|sandbox|quickjs-emscripten/i);
  });

  it('only harms itself by changing the language', async () => {
    const pollute = `
      Object.prototype.polluted = 1; Array.prototype.toJSON = () => "changed"; JSON.stringify = () => "{}"; String.prototype.slice = () => "x";
      Promise.prototype.then = () => { throw 1 }; Object.defineProperty(Array.prototype, 0, { set() { throw 2 } });
      class Sly extends Promise { static get [Symbol.species]() { return function (go) { go(() => {}, () => {}); return { then: 5 } } } }
      Sly.resolve(1).finally?.(() => {});
      return { ["__proto__"]: { polluted: 2 }, constructor: { prototype: { polluted: 3 } } }`;
    await run(pollute).catch(() => undefined);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(await value('return [typeof {}.polluted, JSON.stringify([1])]')).toEqual(['undefined', '[1]']);
    const own = await value('return JSON.parse(\'{"__proto__": {"polluted": 4}}\')');
    expect(Object.getPrototypeOf(own)).toBe(Object.prototype);
    expect((own as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('has nothing left of an earlier call', async () => {
    await run('globalThis.kept = 1; Array.prototype.map = () => "broken"; return 1');
    expect(await value('return [typeof kept, [1].map((x) => x + 1)]')).toEqual(['undefined', [2]]);
  });

  it('gains nothing by closing early what is put around it', async () => {
    expect(await value('}); (function () { return typeof process')).toBe('undefined');
  });
});

describe('code that takes too much', () => {
  it.each([
    ['while (true) {}'],
    ['for (;;) { try { while (true) {} } catch {} finally { continue } }'],
    ['/(a*)*b/.test("a".repeat(40))'],
    ['const again = () => Promise.resolve().then(again); await again()'],
    ['for (let i = 0; i < 1e6; i++) Promise.resolve().then(() => { while (true) {} }); await new Promise(() => {})'],
    ['return { get a() { for (;;) {} } }'],
    ['return { toJSON() { for (;;) {} } }'],
    ['throw { get message() { for (;;) {} }, get name() { for (;;) {} }, toString() { for (;;) {} } }'],
    ['console.log({ toString() { for (;;) {} }, toJSON() { for (;;) {} } })'],
    ['return new Proxy([], { get(t, k) { if (k === "length") for (;;) {} return t[k] } })'],
    ['export default await new Promise(function again(go) { for (;;) {} })'],
  ])('ends for its time: %s', async (source) => {
    expect(await refusal(source, { limits: { cpuMs: 150, wallMs: 5_000 } })).toMatchObject({ code: 'code.limit_time' });
  });

  it('ends with its thread where nothing inside can interrupt it', async () => {
    const source = 'return Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)';
    expect(await refusal(source, { limits: { cpuMs: 200, wallMs: 500 } })).toMatchObject({ code: 'code.limit_time' });
    expect(await value('return 1')).toBe(1);
  });

  it.each([
    ['return new ArrayBuffer(4e9).byteLength'],
    ['const all = []; for (;;) all.push(new Uint8Array(1e7))'],
    ['let text = "x"; for (;;) text += text + Math.random()'],
    ['return "x".repeat(2 ** 29)'],
    ['return new Array(1e8).fill(0).map((_, i) => ({ i }))'],
    ['const all = []; for (;;) all.push(Promise.resolve(all).then(() => all))'],
    ['return (function deep(n) { return 1 + deep(n + 1) })(0)'],
    ['const deep = () => ({ toJSON: deep }); let o = {}; for (let i = 0; i < 1e6; i++) o = { o }; return o'],
    ['return JSON.parse("[".repeat(1e6) + "]".repeat(1e6))'],
  ])(
    'ends for its memory: %s',
    async (source) => {
      const error = await refusal(source, { limits: { memoryBytes: 32 * 1024 * 1024, cpuMs: 20_000, wallMs: 40_000 } });
      // A text longer than the engine can hold is an error that the code itself could catch.
      expect(error.code === 'code.limit_memory' || /invalid (string|array)|too long/i.test(error.message)).toBe(true);
    },
    60_000,
  );

  it('ends in any case when memory is gone, even where QuickJS itself then hangs', async () => {
    const source = 'const all = []; for (;;) all.push("x".repeat(1e6) + Math.random())';
    const error = await refusal(source, { limits: { memoryBytes: 32 * 1024 * 1024, cpuMs: 500, wallMs: 1_000 } });
    expect(error.code).toMatch(/^code\.limit_(memory|time)$/);
  });

  it('may catch a lack of memory and go on', async () => {
    const source = 'try { new ArrayBuffer(4e9) } catch { return "small" }';
    expect(await value(source)).toBe('small');
  });

  it('ends for its output, however it is made', async () => {
    const limits = { outputBytes: 1_000 };
    expect(await refusal('return "x".repeat(1e6)', { limits })).toMatchObject({ code: 'code.limit_output' });
    expect(await refusal('return "€".repeat(500)', { limits })).toMatchObject({ code: 'code.limit_output' });
    expect((await run('return "x".repeat(990)', null, { limits })).value).toHaveLength(990);
  });

  it('does a million promise jobs within its time', async () => {
    const source = 'let n = 0; for (let i = 0; i < 1e6; i++) await null, n++; return n';
    expect((await run(source, null, { limits: { cpuMs: 20_000, wallMs: 20_000 } })).value).toBe(1e6);
  });
});

describe('neighbours', () => {
  it('are not kept waiting by one that spins, nor by one whose thread had to go', async () => {
    const spinning = refusal('while (true) {}', { limits: { cpuMs: 3_000, wallMs: 5_000 } });
    const began = performance.now();
    for (let i = 0; i < 5; i++) expect(await value('return input + 1', i)).toBe(i + 1);
    expect(performance.now() - began).toBeLessThan(2_500);
    expect((await spinning).code).toBe('code.limit_time');
  });

  it('get their turn in order when there are more than threads', async () => {
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 12 }, (_, i) => run('return input', i).then(({ value }) => order.push(value as number))),
    );
    expect([...order].sort((one, other) => one - other)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(order.indexOf(0)).toBeLessThan(order.indexOf(11));
  });

  it('go on when one is cancelled, be it at work or waiting', async () => {
    const controllers = Array.from({ length: 4 }, () => new AbortController());
    const spinning = controllers.map(({ signal }) =>
      sandbox.runCode({ source: 'while (true) {}', limits: { cpuMs: 60_000, wallMs: 60_000 }, signal }),
    );
    const outcomes = Promise.allSettled(spinning);
    const next = value('return 1');
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (const controller of controllers) controller.abort(new Error('enough'));
    expect(
      (await outcomes).map((outcome) => outcome.status === 'rejected' && (outcome.reason as Error).message),
    ).toEqual(Array.from({ length: 4 }, () => 'enough'));
    expect(await next).toBe(1);
  });

  it('are not kept waiting by one that is cancelled in the moment in which it starts', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const spinning = sandbox.runCode({ source: 'while (true) {}', limits: { cpuMs: 60_000, wallMs: 60_000 }, signal });
    controller.abort(new Error('at once'));
    await expect(spinning).rejects.toThrow('at once');
  });

  it('nothing starts after an abort that came first', async () => {
    await expect(run('return 1', null, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before');
  });

  it('end with the sandbox, whether at work or waiting for their turn', async () => {
    const closing = new Sandbox({ threads: 1 });
    const limits = { cpuMs: 60_000, wallMs: 60_000 };
    const outcomes = Promise.allSettled([1, 2, 3].map(() => closing.runCode({ source: 'while (true) {}', limits })));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await closing.close();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });
});
