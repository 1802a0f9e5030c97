import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { NewPasswordField, Omittable, TokenField, TypedEmailField } from '../../fields/field.decorators.js';

export class ForgotPasswordRequest {
  @TypedEmailField()
  email!: string;
}

export class ResetPasswordRequest {
  @TokenField()
  token!: string;

  @NewPasswordField()
  password!: string;
}

export class ChangePasswordRequest {
  @ApiPropertyOptional({ format: 'password', maxLength: 200, description: 'Needed as soon as there is a password.' })
  @Omittable()
  @IsString()
  @Length(1, 200)
  currentPassword?: string;

  @NewPasswordField()
  newPassword!: string;
}
