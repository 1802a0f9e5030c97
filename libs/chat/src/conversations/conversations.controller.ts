import { RequirePermission } from '#auth';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Put, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiProblems, PageQuery } from '#platform/http';
import {
  ConversationPageResponse,
  ConversationResponse,
  ExportConversationQuery,
  ListConversationsQuery,
  MessagePageResponse,
  ConversationSessionResponse,
  UpdateConversationDto,
  UpdateConversationSessionDto,
} from '../dto/conversation.dto.js';
import { ConversationDocuments } from './conversation-documents.js';
import { ConversationsService } from './conversations.service.js';

@ApiTags('chat')
@Controller('conversations')
export class ConversationsController {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly documents: ConversationDocuments,
  ) {}

  @Get()
  @RequirePermission('executions:read')
  @ApiOperation({ operationId: 'conversationsList', summary: 'Conversations of your own, newest first' })
  @ApiOkResponse({ type: ConversationPageResponse })
  @ApiProblems()
  list(@Query() query: ListConversationsQuery): Promise<ConversationPageResponse> {
    return this.documents.list(query);
  }

  @Get(':id')
  @RequirePermission('executions:read')
  @ApiOperation({ operationId: 'conversationsGet', summary: 'Read a conversation of your own' })
  @ApiOkResponse({ type: ConversationResponse })
  @ApiProblems()
  get(@Param('id') id: string): Promise<ConversationResponse> {
    return this.documents.get(id);
  }

  @Get(':id/messages')
  @RequirePermission('executions:read')
  @ApiOperation({ operationId: 'conversationsMessages', summary: 'What was said, newest first' })
  @ApiOkResponse({ type: MessagePageResponse })
  @ApiProblems()
  async messages(@Param('id') id: string, @Query() query: PageQuery): Promise<MessagePageResponse> {
    return MessagePageResponse.from(await this.conversations.listMessages(id, query));
  }

  @Patch(':id')
  @RequirePermission('executions:start')
  @ApiOperation({ operationId: 'conversationsRename', summary: 'Give a conversation another title' })
  @ApiOkResponse({ type: ConversationResponse })
  @ApiProblems()
  async rename(@Param('id') id: string, @Body() { title }: UpdateConversationDto): Promise<ConversationResponse> {
    await this.conversations.rename(id, title);
    return this.documents.get(id);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('executions:start')
  @ApiOperation({
    operationId: 'conversationsDelete',
    summary: 'Delete a conversation',
    description: 'A turn that is under way is cancelled. Its runs stay in the list of runs until they expire.',
  })
  @ApiNoContentResponse()
  @ApiProblems()
  async delete(@Param('id') id: string): Promise<void> {
    await this.conversations.delete(id);
  }

  @Get(':id/export')
  @RequirePermission('executions:read')
  @ApiOperation({ operationId: 'conversationsExport', summary: 'A conversation as a document to keep' })
  @ApiProduces('application/json', 'text/markdown')
  @ApiOkResponse({ description: 'Oldest message first.', schema: { type: 'string' } })
  @ApiProblems()
  export(
    @Param('id') id: string,
    @Query() { format }: ExportConversationQuery,
    @Res() response: Response,
  ): Promise<void> {
    return this.documents.send(id, format, response);
  }

  @Get(':id/session')
  @RequirePermission('executions:read')
  @ApiOperation({
    operationId: 'conversationsSession',
    summary: 'What the agent keeps for later turns (`vars.session`)',
  })
  @ApiOkResponse({ type: ConversationSessionResponse })
  @ApiProblems()
  async session(@Param('id') id: string): Promise<ConversationSessionResponse> {
    const { session, expiresAt } = await this.conversations.session(id);
    return { session, expiresAt: expiresAt?.toISOString() ?? null };
  }

  @Put(':id/session')
  @RequirePermission('executions:start')
  @ApiOperation({ operationId: 'conversationsSetSession', summary: 'Replace what the agent keeps for later turns' })
  @ApiOkResponse({ type: ConversationSessionResponse })
  @ApiProblems(422)
  async setSession(
    @Param('id') id: string,
    @Body() { session }: UpdateConversationSessionDto,
  ): Promise<ConversationSessionResponse> {
    await this.conversations.keepSession(id, session);
    return this.session(id);
  }
}
