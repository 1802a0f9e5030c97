import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { migrations } from '#migrations';
import { layFoundation, runProcess } from '#platform/boot';
import { SettingsError } from '#platform/config';
import { Readiness } from '#platform/health';
import { listen } from '#platform/http';
import { NestLogger } from '#platform/logging';
import { WorkerModule } from './worker.module.js';

/** The API without its doors: takes runs from the queue and answers probes and metrics, nothing else. */
runProcess(async () => {
  const foundation = await layFoundation('worker', migrations);
  const { settings, logger, database } = foundation;
  const app = await NestFactory.create<NestExpressApplication>(WorkerModule.forRoot(foundation), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  await app.init();
  const probes = await listen(app, settings).catch((error: unknown) => {
    if (error instanceof SettingsError) return `not served (${error.message})`;
    throw error;
  });
  process.stdout.write(
    `AgentFlow worker is ready: ${settings.executions.workerConcurrency} runs at a time; probes and metrics ${probes}\n`,
  );
  return {
    drainMs: settings.executions.drainMs,
    stop: async () => {
      app.get(Readiness).drain();
      await app.close();
      await database.close();
    },
  };
});
