import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, PageQuery } from '#platform/http';
import { Authenticated, RequirePermission } from '../access.decorators.js';
import { UserIdParam } from '../fields/path-params.dto.js';
import { currentPrincipal } from '../principal.js';
import { MemberPageResponse, MemberResponse, UpdateMemberRequest } from './dto/member.dto.js';
import { MembersReadModel } from './members.read-model.js';
import { MembersService } from './members.service.js';

@ApiTags('org')
@Controller('org/members')
export class MembersController {
  constructor(
    private readonly members: MembersService,
    private readonly lists: MembersReadModel,
  ) {}

  @Get()
  @RequirePermission('members:read')
  @ApiOperation({ operationId: 'membersList', summary: 'People in the organisation, newest first' })
  @ApiOkResponse({ type: MemberPageResponse })
  @ApiProblems()
  async list(@Query() query: PageQuery): Promise<MemberPageResponse> {
    return MemberPageResponse.from(await this.lists.list(query));
  }

  @Patch(':userId')
  @RequirePermission('members:write')
  @ApiOperation({ operationId: 'membersUpdate', summary: 'Give a member another role' })
  @ApiOkResponse({ type: MemberResponse })
  @ApiProblems(409, 422)
  async update(@Param() { userId }: UserIdParam, @Body() { role }: UpdateMemberRequest): Promise<MemberResponse> {
    await this.members.changeRole(currentPrincipal(), userId, role);
    return MemberResponse.from(await this.lists.get(userId));
  }

  @Delete(':userId')
  @HttpCode(204)
  @Authenticated()
  @ApiOperation({
    operationId: 'membersRemove',
    summary: 'Remove a member, or leave the organisation',
    description: 'Removing somebody else needs `members:write`.',
  })
  @ApiNoContentResponse()
  @ApiProblems(409)
  async remove(@Param() { userId }: UserIdParam): Promise<void> {
    await this.members.remove(currentPrincipal(), userId);
  }
}
