import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, IsDate, IsIn, IsOptional } from 'class-validator';
import type { Page } from '#platform/http';
import { NameField } from '../../fields/field.decorators.js';
import { PageResponse } from '../../paging/page-response.dto.js';
import { type Permission, PERMISSIONS } from '../../permission.js';
import type { ApiKeyRow } from '../api-keys.read-model.js';
import type { MadeApiKey } from '../api-keys.service.js';

export class CreateApiKeyRequest {
  @NameField({ example: 'Nightly import' })
  name!: string;

  @ApiProperty({
    enum: PERMISSIONS,
    enumName: 'Permission',
    isArray: true,
    description: 'What the key may do; at most what you may.',
  })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(PERMISSIONS.length)
  @ArrayUnique()
  @IsIn(PERMISSIONS, { each: true })
  scopes!: Permission[];

  @ApiPropertyOptional({ type: String, format: 'date-time', nullable: true, description: 'Never, when left out.' })
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  expiresAt: Date | null = null;
}

export class ApiKeyResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ example: 'af_x7Qe2k', description: 'How the key begins.' })
  prefix!: string;

  @ApiProperty({ enum: PERMISSIONS, enumName: 'Permission', isArray: true })
  scopes!: Permission[];

  @ApiProperty({ format: 'uuid', description: 'Who made it; it can never do more than this person.' })
  createdByUserId!: string;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'To about a minute.' })
  lastUsedAt!: Date | null;

  static from(row: Omit<ApiKeyRow, 'position'>): ApiKeyResponse {
    const { id, name, prefix, scopes, createdByUserId, createdAt, expiresAt, lastUsedAt } = row;
    return { id, name, prefix, scopes, createdByUserId, createdAt, expiresAt, lastUsedAt };
  }
}

export class CreatedApiKeyResponse extends ApiKeyResponse {
  @ApiProperty({ description: 'The whole key; never shown again.' })
  key!: string;

  static made({ apiKey, key }: MadeApiKey): CreatedApiKeyResponse {
    return { ...ApiKeyResponse.from(apiKey), key };
  }
}

export class ApiKeyPageResponse extends PageResponse {
  @ApiProperty({ type: [ApiKeyResponse] })
  data!: ApiKeyResponse[];

  static from({ data, ...place }: Page<ApiKeyRow>): ApiKeyPageResponse {
    return { data: data.map((row) => ApiKeyResponse.from(row)), ...place };
  }
}
