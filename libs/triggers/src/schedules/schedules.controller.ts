import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { RequirePermission } from '#auth';
import { RateLimited } from '#billing';
import { ApiProblems } from '#platform/http';
import { Idempotent, readIdempotencyKey, requestHash } from '#tenancy';
import { ListTriggersQuery, StartedRunResponse } from '../dto/trigger-fields.js';
import { scheduleNotFound } from '../triggers.errors.js';
import { CreateScheduleRequest, SchedulePreviewQuery, UpdateScheduleRequest } from './dto/schedule-request.dto.js';
import { SchedulePageResponse, SchedulePreviewResponse, ScheduleResponse } from './dto/schedule-response.dto.js';
import { SchedulesReadModel } from './schedules.read-model.js';
import { SchedulesService } from './schedules.service.js';

/** An id that is not one names nothing: 404, as for an id of another organisation. */
const scheduleId = new ParseUUIDPipe({ exceptionFactory: scheduleNotFound });

@ApiTags('schedules')
@Controller('schedules')
export class SchedulesController {
  constructor(
    private readonly schedules: SchedulesService,
    private readonly lists: SchedulesReadModel,
  ) {}

  @Get()
  @RequirePermission('triggers:read')
  @ApiOperation({ operationId: 'schedulesList', summary: 'Schedules of the organisation, newest first' })
  @ApiResponse({ status: 200, type: SchedulePageResponse })
  @ApiProblems()
  async list(@Query() query: ListTriggersQuery): Promise<SchedulePageResponse> {
    return SchedulePageResponse.from(await this.lists.list(query));
  }

  @Post()
  @RequirePermission('triggers:write')
  @Idempotent()
  @ApiOperation({ operationId: 'schedulesCreate', summary: 'Run an agent on a schedule' })
  @ApiResponse({ status: 201, type: ScheduleResponse })
  @ApiProblems(409, 422)
  async create(@Body() { version = null, enabled = true, ...body }: CreateScheduleRequest): Promise<ScheduleResponse> {
    const { id } = await this.schedules.create({ ...body, version, enabled });
    return ScheduleResponse.from(await this.lists.get(id));
  }

  @Get('preview')
  @RequirePermission('triggers:read')
  @ApiOperation({ operationId: 'schedulesPreview', summary: 'What a cron expression means, and its next five times' })
  @ApiResponse({ status: 200, type: SchedulePreviewResponse })
  @ApiProblems(422)
  async preview(@Query() { cron, timeZone }: SchedulePreviewQuery): Promise<SchedulePreviewResponse> {
    return SchedulePreviewResponse.from(await this.schedules.preview(cron, timeZone));
  }

  @Get(':id')
  @RequirePermission('triggers:read')
  @ApiOperation({ operationId: 'schedulesGet', summary: 'Read a schedule' })
  @ApiResponse({ status: 200, type: ScheduleResponse })
  @ApiProblems()
  async get(@Param('id', scheduleId) id: string): Promise<ScheduleResponse> {
    return ScheduleResponse.from(await this.lists.get(id));
  }

  @Patch(':id')
  @RequirePermission('triggers:write')
  @ApiOperation({
    operationId: 'schedulesUpdate',
    summary: 'Change, pause or resume a schedule',
    description: 'Its next time is worked out anew; slots that passed while it was paused are not made up for.',
  })
  @ApiResponse({ status: 200, type: ScheduleResponse })
  @ApiProblems(409, 422)
  async update(@Param('id', scheduleId) id: string, @Body() body: UpdateScheduleRequest): Promise<ScheduleResponse> {
    await this.schedules.update(id, body);
    return ScheduleResponse.from(await this.lists.get(id));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('triggers:write')
  @ApiOperation({ operationId: 'schedulesDelete', summary: 'Delete a schedule; its runs stay' })
  @ApiResponse({ status: 204 })
  @ApiProblems()
  async delete(@Param('id', scheduleId) id: string): Promise<void> {
    await this.schedules.delete(id);
  }

  @Post(':id/run-now')
  @HttpCode(202)
  @RequirePermission('triggers:write')
  @RateLimited()
  @ApiOperation({ operationId: 'schedulesRunNow', summary: 'Start a run as the next slot would' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same key starts one run within 24 hours.' })
  @ApiResponse({ status: 202, type: StartedRunResponse })
  @ApiProblems(409, 422, 429)
  async runNow(@Param('id', scheduleId) id: string, @Req() request: Request): Promise<StartedRunResponse> {
    const key = readIdempotencyKey(request);
    const idempotency = key === undefined ? undefined : { key, requestHash: requestHash(request) };
    return { executionId: await this.schedules.runNow(id, idempotency) };
  }
}
