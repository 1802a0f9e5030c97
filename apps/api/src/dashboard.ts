import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type NextFunction, type Request, type Response } from 'express';
import { VERSION } from '#platform/health';

const BUILT = fileURLToPath(new URL('../../../dashboard', import.meta.url));

/** Paths that are the API's even when nothing is there: they answer with a problem, not with a page. */
const NOT_PAGES = /^\/(api|v1|mcp|hooks|health|metrics|socket\.io)(\/|$)/;

/** The dashboard on the same origin: its files, and its page for every address that a browser asks for. */
export function serveDashboard(app: NestExpressApplication): void {
  const pages = express.Router();
  if (existsSync(BUILT)) {
    // Names of assets carry a hash of their content; one that is missing must not be answered with a page.
    pages.use(
      '/assets',
      express.static(join(BUILT, 'assets'), { immutable: true, maxAge: '1y', index: false, fallthrough: false }),
    );
    pages.use(express.static(BUILT, { index: false, maxAge: 0 }));
    pages.use((request: Request, response: Response, next: NextFunction) => {
      if (request.accepts(['json', 'html']) !== 'html') next();
      else response.setHeader('Cache-Control', 'no-cache').sendFile(join(BUILT, 'index.html'));
    });
  }
  pages.get('/', (_request: Request, response: Response) => {
    response.json({ name: 'AgentFlow', version: VERSION, status: 'up', health: '/health', api: '/api/v1' });
  });
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !NOT_PAGES.test(request.path);
    if (isPage) pages(request, response, next);
    else next();
  });
}
