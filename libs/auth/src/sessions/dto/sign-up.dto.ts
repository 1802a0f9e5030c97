import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, ValidateIf } from 'class-validator';
import { EmailField, NewPasswordField, Omittable, OptionalNameField, Trimmed } from '../../fields/field.decorators.js';

export class SignUpRequest {
  @EmailField()
  email!: string;

  @NewPasswordField()
  password!: string;

  @OptionalNameField({ description: 'The first part of the address when it is left out.' })
  name?: string;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 120,
    description: 'Name of the organisation to make; needed unless there is an invitation.',
  })
  @ValidateIf(({ invitationToken, orgName }: SignUpRequest) => invitationToken === undefined || orgName !== undefined)
  @Trimmed()
  @IsString()
  @Length(1, 120)
  orgName?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'Joins the organisation that invites instead of making one.' })
  @Omittable()
  @IsString()
  @Length(1, 200)
  invitationToken?: string;
}
