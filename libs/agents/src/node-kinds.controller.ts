import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems } from '#platform/http';
import { NodeKindListResponse } from './dto/node-kind-response.dto.js';
import { nodeKinds } from './node-kinds.js';

@ApiTags('Node kinds')
@Controller('node-kinds')
export class NodeKindsController {
  /** Kinds are fixed when the process starts, and their schemas are work to derive. */
  private readonly answer = NodeKindListResponse.from(nodeKinds.list());

  @Get()
  @RequirePermission('agents:read')
  @ApiOperation({
    operationId: 'nodeKindsList',
    summary: 'Every kind of node, with the schema that its form is made from',
  })
  @ApiOkResponse({ type: NodeKindListResponse })
  @ApiProblems()
  list(): NodeKindListResponse {
    return this.answer;
  }
}
