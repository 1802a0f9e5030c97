import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '#platform/http';
import { type Sharing, SHARINGS } from '../integration.entity.js';
import type { CredentialRow, UsingAgent } from '../integrations.read-model.js';
import { findCredentialKind } from '../kinds/credential-kinds.js';
import type { TestResult } from '../connection-test.js';

class SecretFieldResponse {
  @ApiProperty({ example: 'token' })
  name!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The last four signs of a long one.', example: '7f2c' })
  hint!: string | null;
}

export class TestResultResponse {
  @ApiProperty({ enum: ['ok', 'failed'] })
  outcome!: 'ok' | 'failed';

  @ApiProperty({ description: 'What it means and what to do.' })
  message!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  static from({ outcome, message }: TestResult): TestResultResponse {
    return { outcome, message, at: new Date().toISOString() };
  }
}

class LastUseResponse {
  @ApiProperty({ type: String, format: 'date-time', description: 'To the minute.' })
  at!: string;

  @ApiProperty({ example: 'Run 0190f2a4-5b6c-7000-8000-00000000abcd, step issue' })
  by!: string;
}

class SignInResponse {
  @ApiProperty({ description: 'Whether somebody has signed in.' })
  connected!: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Renewed by itself before that.' })
  expiresAt!: string | null;
}

export class CredentialResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'http-bearer' })
  kind!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'The fields that are no secrets.',
  })
  fields!: Readonly<Record<string, string>>;

  @ApiProperty({ type: [SecretFieldResponse], description: 'The secrets that are set; they are never shown.' })
  secrets!: SecretFieldResponse[];

  @ApiProperty({ type: [String], description: 'Where it may be sent.' })
  allowedHosts!: string[];

  @ApiProperty({
    enum: SHARINGS,
    enumName: 'CredentialSharing',
    description: 'Who beside its maker may do what with it.',
  })
  sharing!: Sharing;

  @ApiProperty({ type: SignInResponse, nullable: true, description: 'Null for what is not signed in to.' })
  signIn!: SignInResponse | null;

  @ApiProperty({ description: 'Whether there is a request that tells if it works.' })
  testable!: boolean;

  @ApiProperty({ type: TestResultResponse, nullable: true })
  test!: TestResultResponse | null;

  @ApiProperty({ type: LastUseResponse, nullable: true })
  lastUse!: LastUseResponse | null;

  @ApiProperty({ type: String, nullable: true, description: 'Name of who made it.' })
  createdBy!: string | null;

  @ApiProperty({ description: 'Whether you may let agents use it.' })
  mayUse!: boolean;

  @ApiProperty({ description: 'Whether you may change and delete it.' })
  mayEdit!: boolean;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  updatedAt!: string;

  static from(row: CredentialRow): CredentialResponse {
    const kind = findCredentialKind(row.kind);
    const { testedAt, testOutcome, testMessage, lastUsedAt, lastUsedBy } = row;
    return {
      id: row.id,
      kind: row.kind,
      name: row.name,
      fields: row.fields,
      secrets: Object.entries(row.secretHints).map(([name, hint]) => ({ name, hint })),
      allowedHosts: row.allowedHosts,
      sharing: row.sharing,
      signIn:
        (kind?.oauth?.(row.fields) ?? kind?.protectedServer?.(row.fields))
          ? { connected: row.connected, expiresAt: row.tokensExpireAt?.toISOString() ?? null }
          : null,
      testable: kind?.test !== undefined || kind?.group === 'databases',
      test:
        testedAt && testOutcome
          ? { outcome: testOutcome, message: testMessage ?? '', at: testedAt.toISOString() }
          : null,
      lastUse: lastUsedAt ? { at: lastUsedAt.toISOString(), by: lastUsedBy ?? '' } : null,
      createdBy: row.createdByName,
      mayUse: row.mayUse,
      mayEdit: row.mayEdit,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  }
}

export class CredentialPageResponse {
  @ApiProperty({ type: [CredentialResponse] })
  data!: CredentialResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;

  static from({ data, ...place }: Page<CredentialRow>): CredentialPageResponse {
    return { data: data.map((row) => CredentialResponse.from(row)), ...place };
  }
}

class UsingAgentResponse implements UsingAgent {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

export class UsingAgentsResponse {
  @ApiProperty({ type: [UsingAgentResponse], description: 'At most twenty.' })
  data!: UsingAgent[];
}

export class SignInUrlResponse {
  @ApiProperty({ description: 'Open it in the browser; the service sends the person back to the dashboard.' })
  url!: string;
}
