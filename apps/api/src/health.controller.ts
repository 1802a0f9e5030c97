import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public, RequirePermission } from '#auth';
import { type CheckState, Readiness } from './readiness.js';
import { VERSION } from './version.js';

class LivenessResponse {
  @ApiProperty({ enum: ['up'] })
  status!: 'up';
}

class CheckResponse {
  @ApiProperty({ enum: ['up', 'degraded', 'down'] })
  state!: CheckState;

  @ApiProperty()
  latencyMs!: number;

  @ApiProperty({ required: false })
  detail?: string;
}

class ReadinessResponse {
  @ApiProperty({ enum: ['ready', 'not-ready'] })
  status!: 'ready' | 'not-ready';

  @ApiProperty({ type: 'object', additionalProperties: { $ref: '#/components/schemas/CheckResponse' } })
  checks!: Readonly<Record<string, CheckResponse>>;
}

class StatusResponse extends ReadinessResponse {
  @ApiProperty()
  version!: string;

  @ApiProperty()
  node!: string;

  @ApiProperty()
  uptimeSeconds!: number;
}

@ApiTags('health')
@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get(['health', 'health/live'])
  @Public()
  @ApiOperation({ operationId: 'healthLive', summary: 'Whether the process is alive; asks nothing else' })
  @ApiResponse({ status: 200, type: LivenessResponse })
  live(): LivenessResponse {
    return { status: 'up' };
  }

  @Get('health/ready')
  @Public()
  @ApiOperation({ operationId: 'healthReady', summary: 'Whether it can take work: database, queue, not shutting down' })
  @ApiResponse({ status: 200, type: ReadinessResponse })
  @ApiResponse({ status: 503, type: ReadinessResponse, description: 'Not ready' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<ReadinessResponse> {
    const { ready, checks } = await this.readiness.check();
    response.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    return { status: ready ? 'ready' : 'not-ready', checks };
  }

  @Get('health/status')
  @RequirePermission('org:read')
  @ApiOperation({ operationId: 'healthStatus', summary: 'Readiness with version and uptime, for people who are signed in' })
  @ApiResponse({ status: 200, type: StatusResponse })
  async status(): Promise<StatusResponse> {
    const { ready, checks } = await this.readiness.check();
    return {
      status: ready ? 'ready' : 'not-ready',
      checks,
      version: VERSION,
      node: process.version,
      uptimeSeconds: Math.round(process.uptime()),
    };
  }
}
