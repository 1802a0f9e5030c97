import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems } from '#platform/http';
import { Idempotent } from '#tenancy';
import { RunToolRequest, RunToolResponse, ToolListResponse, ToolNameParam } from './dto/tool.dto.js';
import { ToolsService } from './tools.service.js';

@ApiTags('tools')
@Controller('tools')
export class ToolsController {
  constructor(private readonly tools: ToolsService) {}

  @Get()
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'toolsList', summary: 'List the tools that agents and tool nodes can use' })
  @ApiOkResponse({ type: ToolListResponse })
  @ApiProblems()
  async list(): Promise<ToolListResponse> {
    return ToolListResponse.from(await this.tools.list());
  }

  @Post(':name')
  @HttpCode(200)
  @RequirePermission('tools:run')
  @Idempotent()
  @ApiOperation({ operationId: 'toolsRun', summary: 'Run one tool and answer with its result' })
  @ApiOkResponse({ type: RunToolResponse })
  @ApiProblems(403, 409, 422, 503)
  async run(@Param() { name }: ToolNameParam, @Body() body: RunToolRequest): Promise<RunToolResponse> {
    return { result: await this.tools.run(name, body.arguments, body.credentialId) };
  }
}
