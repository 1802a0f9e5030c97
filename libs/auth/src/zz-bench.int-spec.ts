import { AuthTestApp } from './testing/auth-test-app.js';
import { PrincipalService } from './access/principal.service.js';
it('bench', async () => {
  const app = await AuthTestApp.start();
  const p = await app.signUp();
  const { key } = await app.apiKey(p, ['agents:read']);
  const s = app.app.get(PrincipalService);
  for (const [n, t] of [
    ['key', key],
    ['jwt', p.accessToken],
  ] as const) {
    for (let r = 0; r < 2; r++) {
      const start = performance.now();
      for (let i = 0; i < 20000; i++) await s.authenticate(t);
      process.stdout.write(`${n} ${((performance.now() - start) / 20).toFixed(2)} us each\n`);
    }
  }
  await app.stop();
}, 60000);
