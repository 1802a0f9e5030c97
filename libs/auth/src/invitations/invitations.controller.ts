import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, PageQuery } from '#platform/http';
import { RequirePermission } from '../access.decorators.js';
import { IdParam } from '../fields/path-params.dto.js';
import { currentPrincipal } from '../principal.js';
import { CreatedInvitationResponse, CreateInvitationRequest, InvitationPageResponse } from './dto/invitation.dto.js';
import { InvitationsReadModel } from './invitations.read-model.js';
import { InvitationsService } from './invitations.service.js';

@ApiTags('org')
@Controller('org/invitations')
export class InvitationsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly lists: InvitationsReadModel,
  ) {}

  @Get()
  @RequirePermission('members:read')
  @ApiOperation({ operationId: 'invitationsList', summary: 'Open invitations, newest first' })
  @ApiOkResponse({ type: InvitationPageResponse })
  @ApiProblems()
  async list(@Query() query: PageQuery): Promise<InvitationPageResponse> {
    return InvitationPageResponse.from(await this.lists.listOpen(query));
  }

  @Post()
  @Header('Cache-Control', 'no-store')
  @RequirePermission('members:write')
  @ApiOperation({
    operationId: 'invitationsCreate',
    summary: 'Invite an e-mail address with a role',
    description: 'Replaces an open invitation to the same address. The link is in this answer and in a mail.',
  })
  @ApiCreatedResponse({ type: CreatedInvitationResponse })
  @ApiProblems(409, 422, 429)
  async create(@Body() body: CreateInvitationRequest): Promise<CreatedInvitationResponse> {
    return CreatedInvitationResponse.from(await this.invitations.create(currentPrincipal(), body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('members:write')
  @ApiOperation({ operationId: 'invitationsRevoke', summary: 'Withdraw an open invitation' })
  @ApiNoContentResponse()
  @ApiProblems()
  async revoke(@Param() { id }: IdParam): Promise<void> {
    await this.invitations.revoke(id);
  }
}
