import { Body, Controller, Get, Header, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems, EntityTagInterceptor } from '#platform/http';
import { Idempotent } from '#tenancy';
import { AgentFilesService } from './agent-files.service.js';
import { AgentFileDto, AgentFileResponse, ImportedAgentResponse } from './dto/agent-file.dto.js';

@ApiTags('Agents')
@Controller('agents')
@UseInterceptors(EntityTagInterceptor)
export class AgentFilesController {
  constructor(private readonly files: AgentFilesService) {}

  @Get(':id/export')
  @Header('Content-Disposition', 'attachment; filename="agent.json"')
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'agentsExport', summary: 'The agent with its draft as a file, without secrets' })
  @ApiOkResponse({ type: AgentFileResponse })
  @ApiProblems()
  async export(@Param('id') id: string): Promise<AgentFileResponse> {
    return AgentFileResponse.from(await this.files.export(id));
  }

  @Post('import')
  @Idempotent()
  @RequirePermission('agents:write')
  @ApiOperation({ operationId: 'agentsImport', summary: 'Create an agent from an exported file' })
  @ApiBody({ type: AgentFileDto })
  @ApiCreatedResponse({ type: ImportedAgentResponse })
  @ApiProblems(409, 413, 422)
  async import(@Body() file: unknown): Promise<ImportedAgentResponse> {
    return ImportedAgentResponse.fromImport(await this.files.import(file));
  }
}
