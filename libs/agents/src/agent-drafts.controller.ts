import { Body, Controller, Get, HttpCode, Param, Post, Put, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems, EntityTagInterceptor, IF_MATCH_HEADER, IfMatch } from '#platform/http';
import { AgentDraftsService } from './agent-drafts.service.js';
import { DraftResponse, ValidationResponse } from './dto/draft-response.dto.js';
import { GraphDto } from './dto/graph.dto.js';
import { VersionNumberPipe } from './version-number.js';

@ApiTags('Agents')
@Controller('agents/:id')
@UseInterceptors(EntityTagInterceptor)
export class AgentDraftsController {
  constructor(private readonly drafts: AgentDraftsService) {}

  @Get('draft')
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'draftGet', summary: 'Read the draft and what is wrong with it' })
  @ApiOkResponse({ type: DraftResponse })
  @ApiProblems()
  async get(@Param('id') id: string): Promise<DraftResponse> {
    return DraftResponse.from(await this.drafts.get(id));
  }

  @Put('draft')
  @RequirePermission('agents:write')
  @ApiOperation({
    operationId: 'draftPut',
    summary: 'Save the draft',
    description:
      'A drawable graph is always kept. When it cannot be published yet, the answer is 422 `agent.draft_invalid` with one error per problem, and the ETag of the saved draft. What is no graph at all is 422 `agent.not_a_graph` and not kept.',
  })
  @ApiHeader(IF_MATCH_HEADER)
  @ApiBody({ type: GraphDto })
  @ApiOkResponse({ type: DraftResponse })
  @ApiProblems(409, 412, 413, 422)
  async save(
    @Param('id') id: string,
    @Body() graph: unknown,
    @IfMatch() expectedRevision: number | null,
  ): Promise<DraftResponse> {
    return DraftResponse.from(await this.drafts.save(id, graph, expectedRevision));
  }

  @Post('validate')
  @HttpCode(200)
  @RequirePermission('agents:read')
  @ApiOperation({
    operationId: 'agentsValidate',
    summary: 'Check a graph, or the draft when the body is empty; nothing is kept',
  })
  @ApiBody({ type: GraphDto, required: false })
  @ApiOkResponse({ type: ValidationResponse })
  @ApiProblems(413, 422)
  async validate(@Param('id') id: string, @Body() graph: unknown): Promise<ValidationResponse> {
    return ValidationResponse.from(await this.drafts.validate(id, graph));
  }

  @Post('versions/:number/restore')
  @HttpCode(200)
  @RequirePermission('agents:write')
  @ApiOperation({ operationId: 'versionsRestore', summary: 'Make the graph of a version the draft' })
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: DraftResponse })
  @ApiProblems(409, 412)
  async restore(
    @Param('id') id: string,
    @Param('number', VersionNumberPipe) number: number,
    @IfMatch() expectedRevision: number | null,
  ): Promise<DraftResponse> {
    return DraftResponse.from(await this.drafts.restore(id, number, expectedRevision));
  }
}
