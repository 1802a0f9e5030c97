import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiProblems } from '#platform/http';
import { Authenticated, Public } from '../access.decorators.js';
import { currentPrincipal } from '../principal.js';
import { AccountsService } from './accounts.service.js';
import { answerSignedIn, callerOf } from './caller.js';
import { LinkRequest, LogInRequest, LogOutRequest } from './dto/log-in.dto.js';
import { MeResponse } from './dto/me-response.dto.js';
import { ChangePasswordRequest, ForgotPasswordRequest, ResetPasswordRequest } from './dto/password.dto.js';
import { SessionResponse } from './dto/session-response.dto.js';
import { SignUpRequest } from './dto/sign-up.dto.js';
import { PasswordsService } from './passwords.service.js';
import { ProfileReadModel } from './profile.read-model.js';
import { refreshCookie } from './refresh-cookie.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
    private readonly passwords: PasswordsService,
    private readonly profiles: ProfileReadModel,
  ) {}

  @Post('signup')
  @Public()
  @ApiOperation({
    operationId: 'authSignup',
    summary: 'Make an account with its own organisation, or join the one that invites',
  })
  @ApiCreatedResponse({ type: SessionResponse })
  @ApiProblems(409, 429)
  async signUp(
    @Body() body: SignUpRequest,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionResponse> {
    return answerSignedIn(response, await this.accounts.signUp(body, callerOf(request)));
  }

  @Post('login')
  @HttpCode(200)
  @Public()
  @ApiOperation({ operationId: 'authLogin', summary: 'Sign in with e-mail address and password' })
  @ApiOkResponse({ type: SessionResponse })
  @ApiProblems(429)
  async logIn(
    @Body() body: LogInRequest,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionResponse> {
    return answerSignedIn(response, await this.accounts.logIn(body, callerOf(request)));
  }

  @Post('link')
  @HttpCode(200)
  @Public()
  @ApiOperation({ operationId: 'authLink', summary: 'Sign in with a one-time link' })
  @ApiOkResponse({ type: SessionResponse })
  @ApiProblems()
  async link(
    @Body() { token }: LinkRequest,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionResponse> {
    return answerSignedIn(response, await this.accounts.signInByLink(token, callerOf(request)));
  }

  @Post('refresh')
  @HttpCode(200)
  @Public()
  @ApiCookieAuth('af_refresh')
  @ApiOperation({
    operationId: 'authRefresh',
    summary: 'Trade the refresh cookie for a new access token and a new cookie',
    description: 'Each cookie works once. A spent one that comes back ends its session, because somebody holds a copy.',
  })
  @ApiOkResponse({ type: SessionResponse })
  @ApiProblems()
  async refresh(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SessionResponse> {
    return answerSignedIn(response, await this.sessions.refresh(refreshCookie.read(request)));
  }

  @Post('logout')
  @HttpCode(204)
  @Authenticated()
  @ApiOperation({ operationId: 'authLogout', summary: 'End this session, or all sessions of this person' })
  @ApiNoContentResponse()
  @ApiProblems()
  async logOut(@Body() { everywhere }: LogOutRequest, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.end(currentPrincipal(), everywhere);
    refreshCookie.clear(response);
  }

  @Get('me')
  @Authenticated()
  @ApiOperation({ operationId: 'authMe', summary: 'Who is asking, for which organisation, and what they may do' })
  @ApiOkResponse({ type: MeResponse })
  @ApiProblems()
  async me(): Promise<MeResponse> {
    return MeResponse.from(await this.profiles.get(currentPrincipal()));
  }

  @Post('password/forgot')
  @HttpCode(204)
  @Public()
  @ApiOperation({
    operationId: 'authForgotPassword',
    summary: 'Have a link for a new password mailed, if there is such an account',
  })
  @ApiNoContentResponse({ description: 'The same for every address.' })
  @ApiProblems(429)
  forgotPassword(@Body() { email }: ForgotPasswordRequest, @Req() request: Request): void {
    this.passwords.requestReset(email, callerOf(request));
  }

  @Post('password/reset')
  @HttpCode(204)
  @Public()
  @ApiOperation({
    operationId: 'authResetPassword',
    summary: 'Choose a new password with the mailed link; ends all sessions',
  })
  @ApiNoContentResponse()
  @ApiProblems()
  async resetPassword(@Body() { token, password }: ResetPasswordRequest): Promise<void> {
    await this.passwords.reset(token, password);
  }

  @Post('password/change')
  @HttpCode(204)
  @Authenticated()
  @ApiOperation({ operationId: 'authChangePassword', summary: 'Change the own password; ends all other sessions' })
  @ApiNoContentResponse()
  @ApiProblems(422, 429)
  async changePassword(@Body() { currentPassword, newPassword }: ChangePasswordRequest): Promise<void> {
    await this.passwords.change(currentPrincipal(), currentPassword, newPassword);
  }

  @Post('verify-email')
  @HttpCode(204)
  @Public()
  @ApiOperation({ operationId: 'authVerifyEmail', summary: 'Confirm an e-mail address with the mailed link' })
  @ApiNoContentResponse()
  @ApiProblems()
  async verifyEmail(@Body() { token }: LinkRequest): Promise<void> {
    await this.accounts.verifyEmail(token);
  }
}
