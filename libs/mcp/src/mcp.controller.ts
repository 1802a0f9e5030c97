import { PublicAddress, RequirePermission } from '#auth';
import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { VERSION } from '#platform/health';
import { McpDescriptionResponse, McpMessage } from './dto/json-rpc.dto.js';
import { McpDoor } from './mcp-door.js';
import { McpStreams } from './mcp-streams.js';
import { OwnAddressGuard } from './own-address.guard.js';

/** The Model Context Protocol over Streamable HTTP: published agents as tools. Errors are JSON-RPC's here. */
@ApiTags('mcp')
@Controller('mcp')
@UseGuards(OwnAddressGuard)
@RequirePermission('agents:read')
export class McpController {
  constructor(
    private readonly door: McpDoor,
    private readonly streams: McpStreams,
    private readonly address: PublicAddress,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'mcpMessage',
    summary: 'A message of the Model Context Protocol, answered as JSON or, for tools/call, as server-sent events',
  })
  @ApiBody({ type: McpMessage })
  @ApiProduces('application/json', 'text/event-stream')
  @ApiOkResponse({ description: 'As the protocol’s specification describes it.', schema: { type: 'object' } })
  async receive(@Body() body: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.door.receive(body, request, response);
  }

  @Get()
  @ApiOperation({
    operationId: 'mcpListen',
    summary: 'With Accept: text/event-stream the notifications of a session; otherwise what this address is',
  })
  @ApiProduces('application/json', 'text/event-stream')
  @ApiOkResponse({ type: McpDescriptionResponse })
  async listen(@Req() request: Request, @Res() response: Response): Promise<void> {
    if (request.headers.accept?.includes('text/event-stream')) await this.streams.listen(request, response);
    else response.json(this.description());
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ operationId: 'mcpEndSession', summary: 'Ends the session that Mcp-Session-Id names' })
  @ApiNoContentResponse({ description: 'It has ended; its runs go on.' })
  end(@Req() request: Request): void {
    this.door.end(request);
  }

  private description(): McpDescriptionResponse {
    return { name: 'AgentFlow', version: VERSION, transport: 'streamable-http', url: this.address.link('/mcp') };
  }
}
