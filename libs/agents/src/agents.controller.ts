import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems, EntityTagInterceptor, IF_MATCH_HEADER, IfMatch } from '#platform/http';
import { Idempotent } from '#tenancy';
import { AgentsService } from './agents.service.js';
import { AgentPageResponse, AgentResponse } from './dto/agent-response.dto.js';
import { CreateAgentDto } from './dto/create-agent.dto.js';
import { ListAgentsQuery } from './dto/list-agents.query.js';
import { NameAgentDto } from './dto/name-agent.dto.js';
import { UpdateAgentDto } from './dto/update-agent.dto.js';

@ApiTags('Agents')
@Controller('agents')
@UseInterceptors(EntityTagInterceptor)
export class AgentsController {
  constructor(private readonly agents: AgentsService) {}

  @Get()
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'agentsList', summary: 'List agents, newest first' })
  @ApiOkResponse({ type: AgentPageResponse })
  @ApiProblems()
  async list(@Query() query: ListAgentsQuery): Promise<AgentPageResponse> {
    return AgentPageResponse.from(await this.agents.list(query, query));
  }

  @Post()
  @Idempotent()
  @RequirePermission('agents:write')
  @ApiOperation({ operationId: 'agentsCreate', summary: 'Create an agent with a draft that can be published at once' })
  @ApiCreatedResponse({ type: AgentResponse })
  @ApiProblems(409, 413, 422)
  async create(@Body() body: CreateAgentDto): Promise<AgentResponse> {
    return AgentResponse.from(await this.agents.create(body));
  }

  @Get(':id')
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'agentsGet', summary: 'Read an agent' })
  @ApiOkResponse({ type: AgentResponse })
  @ApiProblems()
  async get(@Param('id') id: string): Promise<AgentResponse> {
    return AgentResponse.from(await this.agents.get(id));
  }

  @Patch(':id')
  @RequirePermission('agents:write')
  @ApiOperation({ operationId: 'agentsUpdate', summary: 'Change name, description or limit' })
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: AgentResponse })
  @ApiProblems(409, 412)
  async update(
    @Param('id') id: string,
    @Body() body: UpdateAgentDto,
    @IfMatch() expectedRevision: number | null,
  ): Promise<AgentResponse> {
    return AgentResponse.from(await this.agents.update(id, body, expectedRevision));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('agents:write')
  @ApiOperation({ operationId: 'agentsArchive', summary: 'Archive an agent: its history stays, new runs are refused' })
  @ApiNoContentResponse()
  @ApiProblems()
  async archive(@Param('id') id: string): Promise<void> {
    await this.agents.archive(id);
  }

  @Post(':id/unarchive')
  @HttpCode(200)
  @RequirePermission('agents:write')
  @ApiOperation({ operationId: 'agentsUnarchive', summary: 'Take an agent back into use' })
  @ApiOkResponse({ type: AgentResponse })
  @ApiProblems()
  async unarchive(@Param('id') id: string): Promise<AgentResponse> {
    return AgentResponse.from(await this.agents.unarchive(id));
  }

  @Post(':id/duplicate')
  @Idempotent()
  @RequirePermission('agents:write')
  @ApiOperation({ operationId: 'agentsDuplicate', summary: 'Create an unpublished agent with the same draft' })
  @ApiCreatedResponse({ type: AgentResponse })
  @ApiProblems(409, 422)
  async duplicate(@Param('id') id: string, @Body() body: NameAgentDto): Promise<AgentResponse> {
    return AgentResponse.from(await this.agents.duplicate(id, body.name));
  }
}
