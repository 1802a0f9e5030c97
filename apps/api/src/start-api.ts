import { PublicAddress } from '#auth';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Foundation } from '#platform/boot';
import { Readiness } from '#platform/health';
import { configureHttp, listen } from '#platform/http';
import { NestLogger } from '#platform/logging';
import { ApiModule } from './api.module.js';
import { serveDashboard } from './dashboard.js';
import { serveApiDocs } from './openapi.js';
import { configureSockets } from './sockets.js';

export interface RunningApi {
  readonly app: NestExpressApplication;
  /** Where it answers, without a trailing slash. */
  readonly url: string;
  /** Not ready → take no more → finish or hand over → close. */
  stop: () => Promise<void>;
}

/** Builds the application on its foundation and listens. */
export async function startApi(foundation: Foundation): Promise<RunningApi> {
  const { settings, logger, database } = foundation;
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.forRoot(foundation), {
    bodyParser: false,
    // Event streams and sockets stay open as long as their clients like, which would keep the process from ending.
    forceCloseConnections: true,
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  configureHttp(app, settings);
  configureSockets(app, settings);
  if (settings.http.apiDocs) serveApiDocs(app);
  serveDashboard(app);
  // What refuses to start says so itself; inside of `listen` it would look like a port that cannot be had.
  await app.init();
  const url = await listen(app, settings);
  app.get(PublicAddress).listensAt(url);
  return {
    app,
    url,
    stop: async () => {
      app.get(Readiness).drain();
      await app.close();
      await database.close();
    },
  };
}
