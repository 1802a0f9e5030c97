import { Body, Controller, Get, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '#platform/http';
import { Idempotent } from '#tenancy';
import { Authenticated, RequirePermission } from '../access.decorators.js';
import { currentPrincipal } from '../principal.js';
import { CreateOrganisationRequest, OrganisationResponse, UpdateOrganisationRequest } from './dto/organisation.dto.js';
import { OrganisationsService } from './organisations.service.js';

@ApiTags('org')
@Controller()
export class OrganisationsController {
  constructor(private readonly organisations: OrganisationsService) {}

  @Get('org')
  @RequirePermission('org:read')
  @ApiOperation({ operationId: 'orgGet', summary: 'The organisation of this request' })
  @ApiOkResponse({ type: OrganisationResponse })
  @ApiProblems()
  async get(): Promise<OrganisationResponse> {
    return OrganisationResponse.from(await this.organisations.get());
  }

  @Patch('org')
  @RequirePermission('org:write')
  @ApiOperation({ operationId: 'orgUpdate', summary: 'Rename the organisation' })
  @ApiOkResponse({ type: OrganisationResponse })
  @ApiProblems()
  async update(@Body() { name }: UpdateOrganisationRequest): Promise<OrganisationResponse> {
    return OrganisationResponse.from(await this.organisations.rename(name));
  }

  @Post('orgs')
  @Authenticated()
  @Idempotent()
  @ApiOperation({ operationId: 'orgCreate', summary: 'Make one more organisation and become its owner' })
  @ApiCreatedResponse({ type: OrganisationResponse })
  @ApiProblems(409, 422)
  async create(@Body() { name }: CreateOrganisationRequest): Promise<OrganisationResponse> {
    return OrganisationResponse.from(await this.organisations.create(currentPrincipal(), name));
  }
}
