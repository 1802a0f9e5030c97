import { Body, Controller, Get, HttpCode, Param, Post, Put, UseInterceptors } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems, EntityTagInterceptor, IF_MATCH_HEADER, IfMatch } from '#platform/http';
import { PromptContentDto } from './dto/prompt-content.dto.js';
import { PromptDraftResponse } from './dto/prompt-response.dto.js';
import { PromptDraftsService } from './prompt-drafts.service.js';
import { VersionNumberPipe } from './versions/version-number.js';

@ApiTags('Prompts')
@Controller('prompts/:id')
@UseInterceptors(EntityTagInterceptor)
export class PromptDraftsController {
  constructor(private readonly drafts: PromptDraftsService) {}

  @Get('draft')
  @RequirePermission('prompts:read')
  @ApiOperation({ operationId: 'promptDraftGet', summary: 'Read the draft and what is wrong with it' })
  @ApiOkResponse({ type: PromptDraftResponse })
  @ApiProblems()
  async get(@Param('id') id: string): Promise<PromptDraftResponse> {
    return PromptDraftResponse.from(await this.drafts.get(id));
  }

  @Put('draft')
  @RequirePermission('prompts:write')
  @ApiOperation({
    operationId: 'promptDraftPut',
    summary: 'Save the draft',
    description:
      'What fits the schema is always kept. When it cannot be published yet, the answer is 422 `prompt.draft_invalid` with one error per problem, and the ETag of the saved draft.',
  })
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: PromptDraftResponse })
  @ApiProblems(409, 412, 413, 422)
  async save(
    @Param('id') id: string,
    @Body() content: PromptContentDto,
    @IfMatch() expectedRevision: number | null,
  ): Promise<PromptDraftResponse> {
    return PromptDraftResponse.from(await this.drafts.save(id, PromptContentDto.read(content), expectedRevision));
  }

  @Post('versions/:number/restore')
  @HttpCode(200)
  @RequirePermission('prompts:write')
  @ApiOperation({ operationId: 'promptVersionsRestore', summary: 'Make what a version says the draft' })
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: PromptDraftResponse })
  @ApiProblems(409, 412)
  async restore(
    @Param('id') id: string,
    @Param('number', VersionNumberPipe) number: number,
    @IfMatch() expectedRevision: number | null,
  ): Promise<PromptDraftResponse> {
    return PromptDraftResponse.from(await this.drafts.restore(id, number, expectedRevision));
  }
}
