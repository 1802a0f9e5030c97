import { PublicAddress, RequirePermission } from '#auth';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, PageQuery } from '#platform/http';
import { OfferedToolPageResponse, OfferedToolResponse } from './dto/offered-tool.dto.js';
import { OfferedTools } from './tools/offered-tools.js';

/** What people need to know in order to connect a client. */
@ApiTags('mcp')
@Controller('mcp/tools')
export class OfferedToolsController {
  constructor(
    private readonly tools: OfferedTools,
    private readonly address: PublicAddress,
  ) {}

  @Get()
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'mcpToolsList', summary: 'Agents that clients of the Model Context Protocol can call' })
  @ApiOkResponse({ type: OfferedToolPageResponse })
  @ApiProblems()
  async list(@Query() page: PageQuery): Promise<OfferedToolPageResponse> {
    const { data, ...rest } = await this.tools.page(page);
    return { ...rest, data: data.map((each) => OfferedToolResponse.of(each)), url: this.address.link('/mcp') };
  }
}
