import { Controller, Get, Param, ParseUUIDPipe, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional } from 'class-validator';
import type { Response } from 'express';
import { RequirePermission } from '#auth';
import { notFound } from '#platform/errors';
import { ApiProblems } from '#platform/http';
import { anyJson } from '../dto/any-json.js';
import { PayloadAnswer } from './payload-answer.js';

/** An id that is not one names nothing: 404, as for an id of another organisation. */
const executionId = new ParseUUIDPipe({ exceptionFactory: () => notFound('execution') });

export class PayloadQuery {
  @ApiPropertyOptional({ type: Boolean, default: false, description: 'Whether a browser is to save it as a file.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  download?: boolean;
}

@ApiTags('executions')
@Controller('executions')
export class PayloadsController {
  constructor(private readonly answer: PayloadAnswer) {}

  @Get(':id/payloads/:hash')
  @RequirePermission('executions:read')
  @ApiOperation({
    operationId: 'executionsPayload',
    summary: 'Read a value that is too large for its step, event or run',
    description: 'Runs, steps, waits and events name it in `large`. Only the run that names it opens it.',
  })
  @ApiResponse({ status: 200, description: 'The value itself.', schema: anyJson('Any JSON value.') as object })
  @ApiProblems()
  get(
    @Param('id', executionId) id: string,
    @Param('hash') hash: string,
    @Query() { download = false }: PayloadQuery,
    @Res() response: Response,
  ): Promise<void> {
    return this.answer.send(id, hash, download, response);
  }
}
