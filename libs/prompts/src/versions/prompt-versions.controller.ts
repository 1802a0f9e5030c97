import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems, PageQuery } from '#platform/http';
import { Idempotent } from '#tenancy';
import { PublishPromptDto } from '../dto/prompt-request.dto.js';
import {
  PromptDiffResponse,
  PromptVersionPageResponse,
  PromptVersionResponse,
} from '../dto/prompt-version-response.dto.js';
import { type DiffSide, PromptHistoryService } from './prompt-history.service.js';
import { DiffSidePipe, VersionNumberPipe } from './version-number.js';

@ApiTags('Prompts')
@Controller('prompts/:id')
export class PromptVersionsController {
  constructor(private readonly history: PromptHistoryService) {}

  @Post('publish')
  @Idempotent()
  @RequirePermission('prompts:write')
  @ApiOperation({ operationId: 'promptsPublish', summary: 'Make the draft the next version' })
  @ApiCreatedResponse({ type: PromptVersionResponse })
  @ApiProblems(409, 422)
  async publish(@Param('id') id: string, @Body() body: PublishPromptDto): Promise<PromptVersionResponse> {
    return PromptVersionResponse.from(await this.history.publish(id, body.note));
  }

  @Get('versions')
  @RequirePermission('prompts:read')
  @ApiOperation({ operationId: 'promptVersionsList', summary: 'List versions, newest first, without their texts' })
  @ApiOkResponse({ type: PromptVersionPageResponse })
  @ApiProblems()
  async list(@Param('id') id: string, @Query() query: PageQuery): Promise<PromptVersionPageResponse> {
    return PromptVersionPageResponse.from(await this.history.list(id, query));
  }

  @Get('versions/:number')
  @RequirePermission('prompts:read')
  @ApiOperation({ operationId: 'promptVersionsGet', summary: 'Read a version' })
  @ApiOkResponse({ type: PromptVersionResponse })
  @ApiProblems()
  async get(
    @Param('id') id: string,
    @Param('number', VersionNumberPipe) number: number,
  ): Promise<PromptVersionResponse> {
    return PromptVersionResponse.from(await this.history.get(id, number));
  }

  @Get('versions/:a/diff/:b')
  @RequirePermission('prompts:read')
  @ApiOperation({ operationId: 'promptVersionsDiff', summary: 'What changed from a to b' })
  @ApiParam({ name: 'a', type: 'string', description: 'A version number, or `draft`.' })
  @ApiParam({ name: 'b', type: 'string', description: 'A version number, or `draft`.' })
  @ApiOkResponse({ type: PromptDiffResponse })
  @ApiProblems()
  async diff(
    @Param('id') id: string,
    @Param('a', DiffSidePipe) a: DiffSide,
    @Param('b', DiffSidePipe) b: DiffSide,
  ): Promise<PromptDiffResponse> {
    return PromptDiffResponse.from(await this.history.diff(id, a, b));
  }
}
