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
import { PromptContentDto } from './dto/prompt-content.dto.js';
import { CreatePromptDto, DuplicatePromptDto, ListPromptsQuery, UpdatePromptDto } from './dto/prompt-request.dto.js';
import { PromptPageResponse, PromptResponse } from './dto/prompt-response.dto.js';
import { PromptsService } from './prompts.service.js';

@ApiTags('Prompts')
@Controller('prompts')
@UseInterceptors(EntityTagInterceptor)
export class PromptsController {
  constructor(private readonly prompts: PromptsService) {}

  @Get()
  @RequirePermission('prompts:read')
  @ApiOperation({ operationId: 'promptsList', summary: 'List prompts, newest first' })
  @ApiOkResponse({ type: PromptPageResponse })
  @ApiProblems()
  async list(@Query() query: ListPromptsQuery): Promise<PromptPageResponse> {
    return PromptPageResponse.from(await this.prompts.list(query, query));
  }

  @Post()
  @Idempotent()
  @RequirePermission('prompts:write')
  @ApiOperation({ operationId: 'promptsCreate', summary: 'Create a prompt with a draft that can be published at once' })
  @ApiCreatedResponse({ type: PromptResponse })
  @ApiProblems(409, 422)
  async create(@Body() { draft, ...prompt }: CreatePromptDto): Promise<PromptResponse> {
    const content = draft && PromptContentDto.read(draft);
    return PromptResponse.from(await this.prompts.create({ ...prompt, draft: content }));
  }

  @Get(':id')
  @RequirePermission('prompts:read')
  @ApiOperation({ operationId: 'promptsGet', summary: 'Read a prompt' })
  @ApiOkResponse({ type: PromptResponse })
  @ApiProblems()
  async get(@Param('id') id: string): Promise<PromptResponse> {
    return PromptResponse.from(await this.prompts.get(id));
  }

  @Patch(':id')
  @RequirePermission('prompts:write')
  @ApiOperation({ operationId: 'promptsUpdate', summary: 'Change name or description' })
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: PromptResponse })
  @ApiProblems(409, 412)
  async update(
    @Param('id') id: string,
    @Body() body: UpdatePromptDto,
    @IfMatch() expectedRevision: number | null,
  ): Promise<PromptResponse> {
    return PromptResponse.from(await this.prompts.update(id, body, expectedRevision));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('prompts:write')
  @ApiOperation({
    operationId: 'promptsDelete',
    summary: 'Delete a prompt with its versions; refused while published agents use it',
  })
  @ApiNoContentResponse()
  @ApiProblems(409)
  async delete(@Param('id') id: string): Promise<void> {
    await this.prompts.delete(id);
  }

  @Post(':id/archive')
  @HttpCode(200)
  @RequirePermission('prompts:write')
  @ApiOperation({
    operationId: 'promptsArchive',
    summary: 'Take a prompt out of use and keep it; refused while published agents use it',
  })
  @ApiOkResponse({ type: PromptResponse })
  @ApiProblems(409)
  async archive(@Param('id') id: string): Promise<PromptResponse> {
    return PromptResponse.from(await this.prompts.archive(id));
  }

  @Post(':id/unarchive')
  @HttpCode(200)
  @RequirePermission('prompts:write')
  @ApiOperation({ operationId: 'promptsUnarchive', summary: 'Take a prompt back into use' })
  @ApiOkResponse({ type: PromptResponse })
  @ApiProblems()
  async unarchive(@Param('id') id: string): Promise<PromptResponse> {
    return PromptResponse.from(await this.prompts.unarchive(id));
  }

  @Post(':id/duplicate')
  @Idempotent()
  @RequirePermission('prompts:write')
  @ApiOperation({ operationId: 'promptsDuplicate', summary: 'Create an unpublished prompt with the same draft' })
  @ApiCreatedResponse({ type: PromptResponse })
  @ApiProblems(409)
  async duplicate(@Param('id') id: string, @Body() body: DuplicatePromptDto): Promise<PromptResponse> {
    return PromptResponse.from(await this.prompts.duplicate(id, body.name));
  }
}
