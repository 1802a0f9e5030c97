import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, PageQuery } from '#platform/http';
import { Idempotent } from '#tenancy';
import { RequirePermission } from '../access.decorators.js';
import { IdParam, TeamMemberParam } from '../fields/path-params.dto.js';
import {
  AddTeamMemberRequest,
  CreateTeamRequest,
  TeamPageResponse,
  TeamResponse,
  UpdateTeamRequest,
} from './dto/team.dto.js';
import { TeamsReadModel } from './teams.read-model.js';
import { TeamsService } from './teams.service.js';

@ApiTags('org')
@Controller('org/teams')
export class TeamsController {
  constructor(
    private readonly teams: TeamsService,
    private readonly lists: TeamsReadModel,
  ) {}

  @Get()
  @RequirePermission('members:read')
  @ApiOperation({ operationId: 'teamsList', summary: 'Teams of the organisation, newest first' })
  @ApiOkResponse({ type: TeamPageResponse })
  @ApiProblems()
  async list(@Query() query: PageQuery): Promise<TeamPageResponse> {
    return TeamPageResponse.from(await this.lists.list(query));
  }

  @Post()
  @RequirePermission('members:write')
  @Idempotent()
  @ApiOperation({ operationId: 'teamsCreate', summary: 'Make a team' })
  @ApiCreatedResponse({ type: TeamResponse })
  @ApiProblems(409, 422)
  async create(@Body() body: CreateTeamRequest): Promise<TeamResponse> {
    return TeamResponse.from(await this.teams.create(body));
  }

  @Patch(':id')
  @RequirePermission('members:write')
  @ApiOperation({ operationId: 'teamsUpdate', summary: 'Change name or description of a team' })
  @ApiOkResponse({ type: TeamResponse })
  @ApiProblems(409)
  async update(@Param() { id }: IdParam, @Body() body: UpdateTeamRequest): Promise<TeamResponse> {
    return TeamResponse.from(await this.teams.update(id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('members:write')
  @ApiOperation({ operationId: 'teamsDelete', summary: 'Delete a team; its people stay in the organisation' })
  @ApiNoContentResponse()
  @ApiProblems()
  async delete(@Param() { id }: IdParam): Promise<void> {
    await this.teams.delete(id);
  }

  @Post(':id/members')
  @RequirePermission('members:write')
  @Idempotent()
  @ApiOperation({ operationId: 'teamMembersAdd', summary: 'Put a member of the organisation into a team' })
  @ApiCreatedResponse({ type: TeamResponse })
  @ApiProblems(409, 422)
  async addMember(@Param() { id }: IdParam, @Body() { userId }: AddTeamMemberRequest): Promise<TeamResponse> {
    return TeamResponse.from(await this.teams.addMember(id, userId));
  }

  @Delete(':id/members/:userId')
  @HttpCode(204)
  @RequirePermission('members:write')
  @ApiOperation({ operationId: 'teamMembersRemove', summary: 'Take somebody out of a team' })
  @ApiNoContentResponse()
  @ApiProblems()
  async removeMember(@Param() { id, userId }: TeamMemberParam): Promise<void> {
    await this.teams.removeMember(id, userId);
  }
}
