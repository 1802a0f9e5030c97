import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsWebAddress, MAX_WEB_ADDRESS_CHARACTERS } from '#platform/http';
import { MAX_TOOLS } from '../accepted-tools.js';
import { MAX_DOCUMENT_BYTES } from '../openapi/read-document.js';
import { MAX_SLUG, SLUG } from '../tool-name.js';
import { TOOL_SET_KINDS, type ToolSetKind } from '../tool-set-adapter.js';
import { TOOL_APPROVALS, type ToolApproval } from '../tool-set-tool.entity.js';

const MayBeAbsent = (): PropertyDecorator => ValidateIf((_body: unknown, value: unknown) => value !== undefined);
const MayBeNull = (): PropertyDecorator =>
  ValidateIf((_body: unknown, value: unknown) => value !== undefined && value !== null);

const NameChecks = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    IsString(),
    Length(1, 120),
    Matches(/^[^\0]*$/, { message: '$property must not contain a NUL character' }),
  );

const DocumentField = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      maxLength: MAX_DOCUMENT_BYTES,
      description:
        'Text of an OpenAPI 3.0 or 3.1 document, JSON or YAML, at most 4 MiB and within the largest request that the installation takes (BODY_LIMIT_BYTES): larger ones are given by their address.',
    }),
    MayBeAbsent(),
    IsString(),
    Length(1, MAX_DOCUMENT_BYTES),
  );

const DocumentUrlField = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      format: 'uri',
      maxLength: MAX_WEB_ADDRESS_CHARACTERS,
      example: 'https://api.example.com/openapi.json',
      description:
        'Where the document is, instead of its text. It is fetched without any credential, and again to look for changes.',
    }),
    MayBeAbsent(),
    IsWebAddress(),
  );

const OperationsField = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: [String],
      minItems: 1,
      maxItems: MAX_TOOLS,
      example: ['listPets', 'GET /pets/{petId}'],
      description: 'Operations of the document that become tools, as the preview names them.',
    }),
    MayBeAbsent(),
    IsArray(),
    ArrayNotEmpty(),
    ArrayMaxSize(MAX_TOOLS),
    ArrayUnique(),
    IsString({ each: true }),
    MaxLength(200, { each: true }),
  );

export class CreateToolSetRequest {
  @ApiProperty({ enum: TOOL_SET_KINDS, enumName: 'ToolSetKind', description: 'How the other side is spoken to.' })
  @IsIn(TOOL_SET_KINDS)
  kind!: ToolSetKind;

  @ApiProperty({ minLength: 1, maxLength: 120, example: 'Issue tracker' })
  @NameChecks()
  name!: string;

  @ApiPropertyOptional({
    maxLength: MAX_SLUG,
    pattern: SLUG.source,
    example: 'tracker',
    description: 'What the names of its tools begin with; never changes. Made from the name when absent.',
  })
  @MayBeAbsent()
  @Matches(SLUG)
  @Length(1, MAX_SLUG)
  slug?: string;

  @ApiProperty({
    format: 'uri',
    maxLength: MAX_WEB_ADDRESS_CHARACTERS,
    example: 'https://api.example.com/v1',
    description:
      'The endpoint of an MCP server (Streamable HTTP), or the base URL of an API. Whether it may be reached is decided when it is called: private addresses are refused.',
  })
  @IsWebAddress()
  url!: string;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'A credential that you may use. It is sent to its allowed hosts only, by whoever uses the tools.',
  })
  @MayBeNull()
  @IsUUID()
  credentialId?: string | null;

  @DocumentField()
  document?: string;

  @DocumentUrlField()
  documentUrl?: string;

  @OperationsField()
  operations?: string[];
}

export class PreviewOpenApiRequest {
  @DocumentField()
  document?: string;

  @DocumentUrlField()
  documentUrl?: string;
}

export class RefreshToolSetRequest {
  @DocumentField()
  document?: string;

  @OperationsField()
  operations?: string[];
}

export class ChangeToolRequest {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  id!: string;

  @ApiPropertyOptional({ description: 'Whether agents may use it.' })
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;

  @ApiPropertyOptional({
    enum: TOOL_APPROVALS,
    enumName: 'ToolApproval',
    description: 'When a person is asked before a run calls it; agents may be stricter, never laxer.',
  })
  @MayBeAbsent()
  @IsIn(TOOL_APPROVALS)
  approval?: ToolApproval;

  @ApiPropertyOptional({ enum: ['read', 'write'], description: '`write`: calls go through the effect ledger.' })
  @MayBeAbsent()
  @IsIn(['read', 'write'])
  effect?: 'read' | 'write';

  @ApiPropertyOptional({
    maxLength: 64,
    description:
      '`contentHash` of the tool as you have looked at it: it counts as reviewed. Needed to switch on what is new or has changed.',
  })
  @MayBeAbsent()
  @IsString()
  @Length(1, 64)
  contentHash?: string;
}

export class UpdateToolSetRequest {
  @ApiPropertyOptional({ minLength: 1, maxLength: 120 })
  @MayBeAbsent()
  @NameChecks()
  name?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true, description: 'Null takes the credential away.' })
  @MayBeNull()
  @IsUUID()
  credentialId?: string | null;

  @ApiPropertyOptional({ type: [ChangeToolRequest], maxItems: MAX_TOOLS, description: 'Only what changes.' })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MAX_TOOLS)
  @ValidateNested({ each: true })
  @Type(() => ChangeToolRequest)
  tools?: ChangeToolRequest[];
}
