import { startInProcess } from '../support/start-in-process.js';
it('prints', async () => {
  const started = Date.now();
  const running = await startInProcess();
  const doc = (await (await fetch(running.url + '/api/v1/openapi.json')).json()) as any;
  const stack = (running.app.getHttpAdapter().getInstance() as any).router.stack;
  const out: string[] = [String(Date.now() - started)];
  for (const layer of stack)
    out.push(layer.route ? Object.keys(layer.route.methods).join() + ' ' + layer.route.path : 'use ' + layer.name);
  for (const [path, ops] of Object.entries<any>(doc.paths))
    for (const [m, op] of Object.entries<any>(ops))
      out.push(
        m +
          ' ' +
          path +
          ' ' +
          (op.requestBody?.content?.['application/json']?.schema?.$ref ?? '') +
          ' ' +
          (op.parameters ?? [])
            .filter((p: any) => p.in !== 'path')
            .map((p: any) => p.in + ':' + p.name)
            .join(),
      );
  const { writeFileSync } = await import('node:fs');
  writeFileSync('/tmp/iso-try.txt', out.join('\n'));
  await running.stop();
});
