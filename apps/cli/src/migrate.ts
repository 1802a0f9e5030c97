import 'reflect-metadata';
import { migrations } from '#migrations';
import { layFoundation, runProcess } from '#platform/boot';

/** `npm run migrate`: brings the database up to date, checks the organisation lock, and ends. */
runProcess(async () => {
  const { database, settings } = await layFoundation('api', migrations);
  await database.close();
  process.stdout.write(`The database is up to date (${migrations.length} migrations).\n`);
  setImmediate(() => process.exit(0));
  return { drainMs: settings.executions.drainMs, stop: () => Promise.resolve() };
});
