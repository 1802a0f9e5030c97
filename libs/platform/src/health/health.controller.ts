import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiProperty, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../http/index.js';
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

  @ApiProperty({ type: 'object', additionalProperties: { $ref: getSchemaPath(CheckResponse) } })
  checks!: Readonly<Record<string, CheckResponse>>;
}

class StatusResponse extends ReadinessResponse {
  @ApiProperty()
  version!: string;

  @ApiProperty()
  uptimeSeconds!: number;
}

/** Probes for load balancers and people; they name no organisation and no address. */
@ApiTags('health')
@ApiExtraModels(CheckResponse)
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get()
  @Public()
  @ApiOperation({ operationId: 'health', summary: 'Whether the process is alive' })
  @ApiResponse({ status: 200, type: LivenessResponse })
  health(): LivenessResponse {
    return { status: 'up' };
  }

  @Get('live')
  @Public()
  @ApiOperation({ operationId: 'healthLive', summary: 'Whether the process is alive; asks nothing else' })
  @ApiResponse({ status: 200, type: LivenessResponse })
  live(): LivenessResponse {
    return { status: 'up' };
  }

  @Get('ready')
  @Public()
  @ApiOperation({ operationId: 'healthReady', summary: 'Whether it can take work: database there, not shutting down' })
  @ApiResponse({ status: 200, type: ReadinessResponse })
  @ApiResponse({ status: 503, type: ReadinessResponse, description: 'Not ready' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<ReadinessResponse> {
    const { ready, checks } = await this.readiness.report();
    response.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    return { status: ready ? 'ready' : 'not-ready', checks };
  }

  @Get('status')
  @Public()
  @ApiOperation({ operationId: 'healthStatus', summary: 'Readiness with version and uptime, always 200' })
  @ApiResponse({ status: 200, type: StatusResponse })
  async status(): Promise<StatusResponse> {
    const { ready, checks } = await this.readiness.report();
    return {
      status: ready ? 'ready' : 'not-ready',
      checks,
      version: VERSION,
      uptimeSeconds: Math.round(process.uptime()),
    };
  }
}
