import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems, PageQuery } from '#platform/http';
import { Idempotent } from '#tenancy';
import { AgentHistoryService, type DiffSide } from './agent-history.service.js';
import { AgentPublishingService } from './agent-publishing.service.js';
import { PublishAgentDto } from './dto/publish-agent.dto.js';
import { VersionDiffResponse } from './dto/version-diff-response.dto.js';
import { VersionPageResponse, VersionResponse } from './dto/version-response.dto.js';
import { DiffSidePipe, VersionNumberPipe } from './version-number.js';

@ApiTags('Agents')
@Controller('agents/:id')
export class AgentVersionsController {
  constructor(
    private readonly history: AgentHistoryService,
    private readonly publishing: AgentPublishingService,
  ) {}

  @Post('publish')
  @Idempotent()
  @RequirePermission('agents:publish')
  @ApiOperation({
    operationId: 'agentsPublish',
    summary: 'Make the draft the next version, which is what runs from now on',
  })
  @ApiCreatedResponse({ type: VersionResponse })
  @ApiProblems(409, 422)
  async publish(@Param('id') id: string, @Body() body: PublishAgentDto): Promise<VersionResponse> {
    return VersionResponse.from(await this.publishing.publish(id, body.note));
  }

  @Get('versions')
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'versionsList', summary: 'List versions, newest first, without their graphs' })
  @ApiOkResponse({ type: VersionPageResponse })
  @ApiProblems()
  async list(@Param('id') id: string, @Query() query: PageQuery): Promise<VersionPageResponse> {
    return VersionPageResponse.from(await this.history.list(id, query));
  }

  @Get('versions/:number')
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'versionsGet', summary: 'Read a version with its graph' })
  @ApiOkResponse({ type: VersionResponse })
  @ApiProblems()
  async get(@Param('id') id: string, @Param('number', VersionNumberPipe) number: number): Promise<VersionResponse> {
    return VersionResponse.from(await this.history.get(id, number));
  }

  @Get('versions/:a/diff/:b')
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'versionsDiff', summary: 'What changed from a to b' })
  @ApiParam({ name: 'a', type: 'string', description: 'A version number, or `draft`.' })
  @ApiParam({ name: 'b', type: 'string', description: 'A version number, or `draft`.' })
  @ApiOkResponse({ type: VersionDiffResponse })
  @ApiProblems()
  async diff(
    @Param('id') id: string,
    @Param('a', DiffSidePipe) a: DiffSide,
    @Param('b', DiffSidePipe) b: DiffSide,
  ): Promise<VersionDiffResponse> {
    return VersionDiffResponse.from(await this.history.diff(id, a, b));
  }
}
