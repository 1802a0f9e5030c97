import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Histogram } from 'prom-client';
import { MetricsRegistry } from '../metrics/index.js';

/** Time per route and status. The label is the route's pattern, never the path: ids would make a series each. */
@Injectable()
export class HttpMetricsMiddleware implements NestMiddleware {
  private readonly seconds: Histogram<'method' | 'route' | 'status'>;

  constructor({ registry }: MetricsRegistry) {
    this.seconds = new Histogram({
      name: 'agentflow_http_request_seconds',
      help: 'Time to answer by route.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
      registers: [registry],
    });
  }

  use(request: Request, response: Response, next: NextFunction): void {
    const begin = performance.now();
    response.once('finish', () => {
      const route = (request.route as { path?: string } | undefined)?.path ?? 'none';
      const seconds = (performance.now() - begin) / 1000;
      this.seconds.observe({ method: request.method, route, status: String(response.statusCode) }, seconds);
    });
    next();
  }
}
