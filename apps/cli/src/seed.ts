import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { migrations } from '#migrations';
import { layFoundation, runProcess } from '#platform/boot';
import { NestLogger } from '#platform/logging';
import { SeedModule } from './seed.module.js';
import { Seeder } from './seeder.js';

/** `npm run seed`: agents from every template with finished runs, in the organisation of the first run. For trying things out. */
runProcess(async () => {
  const foundation = await layFoundation('worker', migrations);
  const app = await NestFactory.createApplicationContext(SeedModule.forRoot(foundation), {
    logger: new NestLogger(foundation.logger),
    abortOnError: false,
  });
  const made = await app.get(Seeder).seed();
  await app.close();
  await foundation.database.close();
  process.stdout.write(`Made ${made.agents} agents and ${made.runs} runs.\n`);
  setImmediate(() => process.exit(0));
  return { drainMs: 0, stop: () => Promise.resolve() };
});
