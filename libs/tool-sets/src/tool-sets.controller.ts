import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems } from '#platform/http';
import { Idempotent } from '#tenancy';
import { OpenApiPreviewResponse } from './dto/openapi-preview.dto.js';
import { ToolSetDetailResponse } from './dto/tool-set-detail.dto.js';
import {
  CreateToolSetRequest,
  PreviewOpenApiRequest,
  RefreshToolSetRequest,
  UpdateToolSetRequest,
} from './dto/tool-set-request.dto.js';
import { ToolSetListResponse } from './dto/tool-set-response.dto.js';
import { OpenApiPreviews } from './openapi/openapi-preview.service.js';
import { ToolSetChanges } from './tool-set-changes.service.js';
import { ToolSetRefresh } from './tool-set-refresh.js';
import { toolSetNotFound } from './tool-sets.errors.js';
import { ToolSetsReadModel } from './tool-sets.read-model.js';
import { ToolSetsService } from './tool-sets.service.js';

/** An id that is not one names nothing: 404, as for an id of another organisation. */
const toolSetId = new ParseUUIDPipe({ exceptionFactory: toolSetNotFound });

@ApiTags('tool sets')
@Controller('tool-sets')
export class ToolSetsController {
  constructor(
    private readonly sets: ToolSetsService,
    private readonly changes: ToolSetChanges,
    private readonly refreshes: ToolSetRefresh,
    private readonly lists: ToolSetsReadModel,
    private readonly previews: OpenApiPreviews,
  ) {}

  @Get()
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'toolSetsList', summary: 'Tool sets of your organisation, by name' })
  @ApiResponse({ status: 200, type: ToolSetListResponse })
  @ApiProblems()
  async list(): Promise<ToolSetListResponse> {
    return ToolSetListResponse.from(await this.lists.list());
  }

  @Post()
  @RequirePermission('integrations:write')
  @Idempotent()
  @ApiOperation({
    operationId: 'toolSetsCreate',
    summary: 'Add an MCP server, or import operations of an OpenAPI document',
    description:
      'It is asked for its tools at once, and not kept when it cannot be reached. Chosen operations begin switched on; the tools of an MCP server begin switched off, because nobody has looked at them yet.',
  })
  @ApiResponse({ status: 201, type: ToolSetDetailResponse })
  @ApiProblems(403, 409, 422, 503)
  async create(@Body() body: CreateToolSetRequest): Promise<ToolSetDetailResponse> {
    return ToolSetDetailResponse.of(await this.lists.get(await this.sets.create(body)));
  }

  @Post('preview')
  @HttpCode(200)
  @RequirePermission('integrations:write')
  @ApiOperation({ operationId: 'toolSetsPreview', summary: 'Operations of an OpenAPI document, before it is imported' })
  @ApiResponse({ status: 200, type: OpenApiPreviewResponse })
  @ApiProblems(403, 422, 503)
  async preview(@Body() body: PreviewOpenApiRequest): Promise<OpenApiPreviewResponse> {
    return OpenApiPreviewResponse.from(await this.previews.preview(body));
  }

  @Get(':id')
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'toolSetsGet', summary: 'Read a tool set with its tools' })
  @ApiResponse({ status: 200, type: ToolSetDetailResponse })
  @ApiProblems()
  async get(@Param('id', toolSetId) id: string): Promise<ToolSetDetailResponse> {
    return ToolSetDetailResponse.of(await this.lists.get(id));
  }

  @Patch(':id')
  @RequirePermission('integrations:write')
  @ApiOperation({
    operationId: 'toolSetsUpdate',
    summary: 'Change name, credential and tools of a set; what is left out stays',
  })
  @ApiResponse({ status: 200, type: ToolSetDetailResponse })
  @ApiProblems(409, 422)
  async update(@Param('id', toolSetId) id: string, @Body() body: UpdateToolSetRequest): Promise<ToolSetDetailResponse> {
    await this.changes.update(id, body);
    return ToolSetDetailResponse.of(await this.lists.get(id));
  }

  @Post(':id/refresh')
  @HttpCode(200)
  @RequirePermission('integrations:write')
  @ApiOperation({
    operationId: 'toolSetsRefresh',
    summary: 'Look for changes of its tools',
    description: 'What is not as it was reviewed is switched off until somebody looks at it.',
  })
  @ApiResponse({ status: 200, type: ToolSetDetailResponse })
  @ApiProblems(403, 409, 422, 503)
  async refresh(
    @Param('id', toolSetId) id: string,
    @Body() body: RefreshToolSetRequest,
  ): Promise<ToolSetDetailResponse> {
    await this.refreshes.refresh(id, body);
    return ToolSetDetailResponse.of(await this.lists.get(id));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('integrations:write')
  @ApiOperation({
    operationId: 'toolSetsDelete',
    summary: 'Delete a tool set and its tools, unless published agents use them',
  })
  @ApiResponse({ status: 204 })
  @ApiProblems(409)
  async delete(@Param('id', toolSetId) id: string): Promise<void> {
    await this.changes.delete(id);
  }
}
