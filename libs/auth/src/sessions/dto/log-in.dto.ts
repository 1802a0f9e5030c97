import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsString, Length } from 'class-validator';
import { Omittable, TokenField, TypedEmailField } from '../../fields/field.decorators.js';

export class LogInRequest {
  @TypedEmailField()
  email!: string;

  @ApiProperty({ format: 'password', minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1, 200)
  password!: string;
}

export class LinkRequest {
  @TokenField()
  token!: string;
}

export class LogOutRequest {
  @ApiPropertyOptional({ default: false, description: 'End all sessions, not only this one.' })
  @Omittable()
  @IsBoolean()
  everywhere: boolean = false;
}
