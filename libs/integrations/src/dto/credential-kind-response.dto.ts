import { ApiProperty } from '@nestjs/swagger';
import type { CredentialField, CredentialKind } from '../kinds/credential-kind.js';
import { CREDENTIAL_KINDS } from '../kinds/credential-kinds.js';

const TYPES = ['text', 'secret', 'url', 'number'] as const;
const GROUPS = ['models', 'web', 'apps', 'search', 'databases'] as const;

class CredentialFieldResponse {
  @ApiProperty({ example: 'token' })
  name!: string;

  @ApiProperty({ example: 'Token' })
  title!: string;

  @ApiProperty({ enum: TYPES, enumName: 'CredentialFieldType', description: 'What belongs into it.' })
  type!: CredentialField['type'];

  @ApiProperty()
  required!: boolean;

  @ApiProperty({ type: String, nullable: true })
  description!: string | null;

  @ApiProperty({ type: String, nullable: true })
  placeholder!: string | null;

  @ApiProperty()
  multiline!: boolean;

  @ApiProperty({ description: 'A change of it needs the secrets entered again.' })
  binds!: boolean;

  static from(field: CredentialField): CredentialFieldResponse {
    const { name, title, type, required, description = null, placeholder = null } = field;
    return {
      name,
      title,
      type,
      required,
      description,
      placeholder,
      multiline: field.multiline ?? false,
      binds: field.binds ?? false,
    };
  }
}

class CredentialKindResponse {
  @ApiProperty({ example: 'http-bearer' })
  kind!: string;

  @ApiProperty()
  title!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({ enum: GROUPS, enumName: 'CredentialGroup', description: 'Where a list of kinds shows it.' })
  group!: CredentialKind['group'];

  @ApiProperty({ type: [CredentialFieldResponse] })
  fields!: CredentialFieldResponse[];

  @ApiProperty({ description: 'Whether people must say where it may be sent.' })
  needsHosts!: boolean;

  @ApiProperty({ description: 'Whether it is attached to web requests: http nodes and the tool http_request take it.' })
  forHttp!: boolean;

  static from(kind: CredentialKind): CredentialKindResponse {
    const { kind: name, title, description, group, fields } = kind;
    return {
      kind: name,
      title,
      description,
      group,
      fields: fields.map((field) => CredentialFieldResponse.from(field)),
      needsHosts: group === 'web',
      forHttp: kind.headers !== undefined,
    };
  }
}

export class CredentialKindListResponse {
  @ApiProperty({ type: [CredentialKindResponse] })
  data!: CredentialKindResponse[];

  static all(): CredentialKindListResponse {
    return { data: CREDENTIAL_KINDS.map((kind) => CredentialKindResponse.from(kind)) };
  }
}
