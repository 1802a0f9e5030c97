import { Body, Controller, Get, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems, EntityTagInterceptor } from '#platform/http';
import { Idempotent } from '#tenancy';
import { AgentResponse } from './dto/agent-response.dto.js';
import { NameAgentDto } from './dto/name-agent.dto.js';
import { TemplateListResponse } from './dto/template-response.dto.js';
import { TemplatesService } from './templates.service.js';

@ApiTags('Templates')
@Controller('templates')
@UseInterceptors(EntityTagInterceptor)
export class TemplatesController {
  constructor(private readonly templates: TemplatesService) {}

  @Get()
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'templatesList', summary: 'Agents to start from; all run without a key' })
  @ApiOkResponse({ type: TemplateListResponse })
  @ApiProblems()
  list(): TemplateListResponse {
    return TemplateListResponse.from(this.templates.list());
  }

  @Post(':slug/agents')
  @Idempotent()
  // Publishing is the farther-reaching half of what this does.
  @RequirePermission('agents:publish')
  @ApiOperation({ operationId: 'templatesUse', summary: 'Create an agent from a template, published as version 1' })
  @ApiCreatedResponse({ type: AgentResponse })
  @ApiProblems(409, 422)
  async use(@Param('slug') slug: string, @Body() body: NameAgentDto): Promise<AgentResponse> {
    return AgentResponse.from(await this.templates.use(slug, body.name));
  }
}
