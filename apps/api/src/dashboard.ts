import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type NextFunction, type Request, type Response } from 'express';
import { VERSION } from '#platform/health';

const BUILT = fileURLToPath(new URL('../../../dashboard', import.meta.url));

/** Paths that are the API's even when nothing is there: they answer with a problem, not with a page. */
const NOT_PAGES = /^\/(api|v1|mcp|health|metrics|socket\.io|assets)(\/|$)/;

/** The dashboard on the same origin: its files, and its page for every address that a browser asks for. */
export function serveDashboard(app: NestExpressApplication): void {
  const page = join(BUILT, 'index.html');
  const built = existsSync(page);
  if (built) {
    app.use('/assets', express.static(join(BUILT, 'assets'), { immutable: true, maxAge: '1y', index: false, fallthrough: true }));
    app.use(express.static(BUILT, { index: false, maxAge: 0 }));
  }
  app.use((request: Request, response: Response, next: NextFunction) => {
    const wantsPage = (request.method === 'GET' || request.method === 'HEAD') && !NOT_PAGES.test(request.path);
    if (!wantsPage) next();
    else if (built && request.accepts(['json', 'html']) === 'html') response.setHeader('Cache-Control', 'no-cache').sendFile(page);
    else if (request.path === '/') response.json({ name: 'AgentFlow', version: VERSION, status: 'up', health: '/health', api: '/api/v1' });
    else next();
  });
}
