import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { migrations } from '#migrations';
import { layFoundation, runProcess } from '#platform/boot';
import { NestLogger } from '#platform/logging';
import { WorkerModule } from './worker.module.js';

/** The API without its doors: takes runs from the queue. */
runProcess(async () => {
  const foundation = await layFoundation('worker', migrations);
  const { settings, logger, database } = foundation;
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(foundation), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  process.stdout.write(`AgentFlow worker is ready: ${settings.executions.workerConcurrency} runs at a time.\n`);
  return {
    drainMs: settings.executions.drainMs,
    stop: async () => {
      await app.close();
      await database.close();
    },
  };
});
