import { StepError } from '#kernel';
import { Sandbox } from '#sandbox';
import { ToolRegistry } from '#tools';
import { RunServices } from './run-services.js';

const sandbox = new Sandbox({ threads: 1 });
afterAll(() => sandbox.close());

const call = { signal: new AbortController().signal, idempotencyKey: 'run:step' };

function services(): RunServices {
  const models = {} as unknown as ConstructorParameters<typeof RunServices>[0];
  const web = {} as unknown as ConstructorParameters<typeof RunServices>[1];
  return new RunServices(models, web, sandbox, new ToolRegistry([]));
}

describe('what runs reach of the outside', () => {
  it('hands on what code says, whether it ends well or not, and where it failed', async () => {
    const said: string[] = [];
    const onLog = (level: string, message: string): number => said.push(`${level} ${message}`);
    const run = (source: string): Promise<{ value: unknown }> =>
      services().code({ source, input: { n: 2 } }, { ...call, onLog });
    expect(await run('console.warn("one"); return input.n * 2')).toEqual({ value: 4 });
    const failing = run('console.log("two");\nthrow new Error("no")');
    await expect(failing).rejects.toBeInstanceOf(StepError);
    await expect(failing).rejects.toMatchObject({ code: 'code.threw', message: 'no (line 2)', retryable: false });
    expect(said).toEqual(['warn one', 'info two']);
  });

  it('keeps a code step to its time and ends it with the run', async () => {
    const onLog = (): void => undefined;
    const spin = { source: 'while (true) {}', input: null };
    await expect(services().code({ ...spin, timeoutMs: 50 }, { ...call, onLog })).rejects.toMatchObject({
      code: 'code.limit_time',
    });
    const controller = new AbortController();
    const running = services().code({ ...spin, timeoutMs: 30_000 }, { ...call, signal: controller.signal, onLog });
    controller.abort(new Error('cancelled'));
    await expect(running).rejects.toThrow('cancelled');
  });
});
