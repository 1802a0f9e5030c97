import { Controller, Get, Header, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems } from '#platform/http';
import { SigningSecretResponse } from './dto/signing-secret-response.dto.js';
import { SigningSecretsService } from './signing-secrets.service.js';

@ApiTags('org')
@Controller('org/signing-secret')
export class SigningSecretController {
  constructor(private readonly secrets: SigningSecretsService) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @RequirePermission('keys:write')
  @ApiOperation({ operationId: 'signingSecretGet', summary: 'The secret that callbacks are signed with' })
  @ApiOkResponse({ type: SigningSecretResponse })
  @ApiProblems(409)
  async get(): Promise<SigningSecretResponse> {
    return SigningSecretResponse.from(await this.secrets.current());
  }

  @Post('rotate')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @RequirePermission('keys:write')
  @ApiOperation({
    operationId: 'signingSecretRotate',
    summary: 'Sign callbacks with a new secret',
    description:
      'For 24 hours callbacks carry a signature of the old secret as well, so that receivers can change over.',
  })
  @ApiOkResponse({ type: SigningSecretResponse })
  @ApiProblems()
  async rotate(): Promise<SigningSecretResponse> {
    return SigningSecretResponse.from(await this.secrets.rotate());
  }
}
