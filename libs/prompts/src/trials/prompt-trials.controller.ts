import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { RequirePermission } from '#auth';
import { RateLimited } from '#billing';
import { ApiProblems } from '#platform/http';
import { readIdempotencyKey, requestHash } from '#tenancy';
import {
  PromptSourceDto,
  RenderedPromptResponse,
  RenderPromptDto,
  TrialsResponse,
  TryCandidateDto,
  TryPromptsDto,
} from '../dto/try-prompt.dto.js';
import { PromptTrialsService } from './prompt-trials.service.js';

@ApiTags('Prompts')
@Controller('prompts')
export class PromptTrialsController {
  constructor(private readonly trials: PromptTrialsService) {}

  @Post('render')
  @HttpCode(200)
  @RequirePermission('prompts:read')
  @ApiOperation({ operationId: 'promptsRender', summary: 'Fill a prompt in and see it; nothing is kept or sent' })
  @ApiOkResponse({ type: RenderedPromptResponse })
  @ApiProblems(413, 422)
  async render(@Body() body: RenderPromptDto): Promise<RenderedPromptResponse> {
    return RenderedPromptResponse.from(await this.trials.render(PromptSourceDto.read(body), body.variables));
  }

  @Post('try')
  @HttpCode(200)
  @RequirePermission('prompts:write')
  @RateLimited()
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key and body start the same runs, once within 24 hours.',
  })
  @ApiOperation({
    operationId: 'promptsTry',
    summary: 'Try two to four prompts or models beside each other',
    description:
      'Each candidate is filled in and becomes a run of its own, recorded and paid for like any other: it also needs `executions:start`.',
  })
  @ApiOkResponse({ type: TrialsResponse })
  @ApiProblems(409, 413, 422, 429)
  async try(
    @Body() { candidates, variables }: TryPromptsDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TrialsResponse> {
    const asked = candidates.map(TryCandidateDto.readCandidate);
    const trials = await this.trials.try(asked, variables, idempotencyOf(request));
    if (trials.every(({ replayed }) => replayed)) response.setHeader('Idempotent-Replayed', 'true');
    return TrialsResponse.from(trials);
  }
}

function idempotencyOf(request: Request): { key: string; requestHash: string } | undefined {
  const key = readIdempotencyKey(request);
  return key === undefined ? undefined : { key, requestHash: requestHash(request) };
}
