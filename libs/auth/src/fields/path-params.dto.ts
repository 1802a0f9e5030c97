import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { TokenField } from './field.decorators.js';

/** Id in a path. */
export class IdParam {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  id!: string;
}

/** Id of a person in a path. */
export class UserIdParam {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  userId!: string;
}

/** Team and person in a path. */
export class TeamMemberParam extends IdParam {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  userId!: string;
}

/** Secret of an invitation in a path. */
export class InvitationTokenParam {
  @TokenField()
  token!: string;
}
