import { timingSafeEqual } from 'node:crypto';
import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { InjectSettings, type Settings } from '../config/index.js';
import { unauthenticated } from '../errors/index.js';
import { Public } from '../http/index.js';
import { MetricsRegistry } from '../metrics/index.js';

/** Public, because scrapers have no account: it names no organisation. An operator can ask for a token (METRICS_TOKEN). */
@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: MetricsRegistry,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  @Get()
  @Public()
  @ApiOperation({ operationId: 'metrics', summary: 'Metrics for Prometheus' })
  @ApiProduces('text/plain')
  @ApiResponse({ status: 200, description: 'Prometheus text format', schema: { type: 'string' } })
  async read(@Headers('authorization') authorization: string | undefined, @Res() response: Response): Promise<void> {
    checkToken(this.settings.http.metricsToken, authorization);
    response.type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }
}

function checkToken(wanted: string | null, authorization: string | undefined): void {
  if (wanted === null) return;
  const expected = Buffer.from(`Bearer ${wanted}`);
  const given = Buffer.from(authorization ?? '');
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    throw unauthenticated('metrics.token', 'Send METRICS_TOKEN as a bearer token.');
  }
}
