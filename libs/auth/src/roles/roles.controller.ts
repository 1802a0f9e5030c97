import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '#platform/http';
import { Idempotent } from '#tenancy';
import { RequirePermission } from '../access.decorators.js';
import { IdParam } from '../fields/path-params.dto.js';
import { currentPrincipal } from '../principal.js';
import { CreateRoleRequest, RoleListResponse, RoleResponse, UpdateRoleRequest } from './dto/role.dto.js';
import { RolesService } from './roles.service.js';

@ApiTags('org')
@Controller('org/roles')
export class RolesController {
  constructor(private readonly roles: RolesService) {}

  @Get()
  @RequirePermission('members:read')
  @ApiOperation({ operationId: 'rolesList', summary: 'Built-in and custom roles with what they allow' })
  @ApiOkResponse({ type: RoleListResponse })
  @ApiProblems()
  async list(): Promise<RoleListResponse> {
    return RoleListResponse.from(await this.roles.listCustom());
  }

  @Post()
  @RequirePermission('members:write')
  @Idempotent()
  @ApiOperation({ operationId: 'rolesCreate', summary: 'Make a custom role' })
  @ApiCreatedResponse({ type: RoleResponse })
  @ApiProblems(409, 422)
  async create(@Body() body: CreateRoleRequest): Promise<RoleResponse> {
    return RoleResponse.from(await this.roles.create(currentPrincipal(), body));
  }

  @Patch(':id')
  @RequirePermission('members:write')
  @ApiOperation({ operationId: 'rolesUpdate', summary: 'Change a custom role, for everybody who has it' })
  @ApiOkResponse({ type: RoleResponse })
  @ApiProblems(409)
  async update(@Param() { id }: IdParam, @Body() body: UpdateRoleRequest): Promise<RoleResponse> {
    return RoleResponse.from(await this.roles.update(currentPrincipal(), id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('members:write')
  @ApiOperation({ operationId: 'rolesDelete', summary: 'Delete a custom role that nobody has' })
  @ApiNoContentResponse()
  @ApiProblems(409)
  async delete(@Param() { id }: IdParam): Promise<void> {
    await this.roles.delete(currentPrincipal(), id);
  }
}
