import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiProblems } from '#platform/http';
import { Authenticated, Public } from '../access.decorators.js';
import { InvitationTokenParam } from '../fields/path-params.dto.js';
import { currentPrincipal } from '../principal.js';
import { AccountsService } from '../sessions/accounts.service.js';
import { answerSignedIn } from '../sessions/caller.js';
import { SessionResponse } from '../sessions/dto/session-response.dto.js';
import { InvitationPreviewResponse } from './dto/invitation.dto.js';
import { InvitationsService } from './invitations.service.js';

/** The side of whoever holds an invitation's link. */
@ApiTags('org')
@Controller('invitations')
export class InvitationLinksController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly accounts: AccountsService,
  ) {}

  @Get(':token')
  @Public()
  @ApiOperation({ operationId: 'invitationsShow', summary: 'Who invites whom' })
  @ApiOkResponse({ type: InvitationPreviewResponse })
  @ApiProblems()
  async show(@Param() { token }: InvitationTokenParam): Promise<InvitationPreviewResponse> {
    return this.invitations.preview(token);
  }

  @Post(':token/accept')
  @HttpCode(200)
  @Authenticated()
  @ApiOperation({
    operationId: 'invitationsAccept',
    summary: 'Join the organisation that invites',
    description:
      'Answers with an access token for it; the session stays the same. People without an account sign up with the token.',
  })
  @ApiOkResponse({ type: SessionResponse })
  @ApiProblems()
  async accept(
    @Param() { token }: InvitationTokenParam,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionResponse> {
    return answerSignedIn(response, await this.accounts.acceptInvitation(currentPrincipal(), token));
  }
}
