import { Controller, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ApiProblems, Public, rawBodyOf } from '#platform/http';
import { StartedRunResponse } from '../dto/trigger-fields.js';
import { WebhookReception } from './webhook-reception.js';

/** Where other systems call. Open to everybody: the signature is the credential, and it is checked before anything else. */
@ApiTags('webhooks')
@Controller('hooks')
export class HooksController {
  constructor(private readonly reception: WebhookReception) {}

  @Post(':token')
  @HttpCode(202)
  @Public()
  @ApiOperation({
    operationId: 'hooksReceive',
    summary: 'Start a run by a signed message',
    description:
      'The body is whatever the sender sends, at most 1 MiB, signed as the webhook says. The same message again answers with the same run.',
  })
  @ApiResponse({ status: 202, type: StartedRunResponse })
  @ApiProblems(409, 413, 422, 429)
  async receive(
    @Param('token') token: string,
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
  ): Promise<StartedRunResponse> {
    const message = { token, query, headers: request.headersDistinct, body: rawBodyOf(request) };
    return { executionId: await this.reception.receive(message) };
  }
}
