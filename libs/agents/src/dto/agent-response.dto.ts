import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '#platform/http';
import type { Agent } from '../agent.entity.js';
import { chatSettingsOf } from '../chat-settings.js';
import { ChatSettingsResponse } from './chat-settings.dto.js';

export class AgentResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({
    description: 'What OpenAI clients write as `model` in order to talk to it.',
    example: 'ticket-triage',
  })
  slug!: string;

  @ApiProperty({ type: ChatSettingsResponse })
  chat!: ChatSettingsResponse;

  @ApiProperty({ type: 'integer', description: 'Counts changes of name, description and archiving; the ETag.' })
  revision!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Number of the latest version; null before the first.' })
  publishedVersion!: number | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Runs of this agent under way at a time; more of them wait. Null: no limit of its own.',
  })
  maxConcurrentRuns!: number | null;

  @ApiProperty({ format: 'date-time' })
  draftUpdatedAt!: string;

  @ApiProperty({ description: 'Whether the draft does something else than the latest version.' })
  hasUnpublishedChanges!: boolean;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  archivedAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  static from(agent: Agent): AgentResponse {
    return {
      id: agent.id,
      name: agent.name,
      description: agent.description,
      slug: agent.slug,
      chat: chatSettingsOf(agent.chat),
      revision: agent.revision,
      publishedVersion: agent.publishedVersion,
      maxConcurrentRuns: agent.maxConcurrentRuns,
      draftUpdatedAt: agent.draftUpdatedAt.toISOString(),
      hasUnpublishedChanges: agent.draftHash !== agent.publishedHash,
      archivedAt: agent.archivedAt?.toISOString() ?? null,
      createdAt: agent.createdAt.toISOString(),
      updatedAt: agent.updatedAt.toISOString(),
    };
  }
}

export class AgentPageResponse {
  @ApiProperty({ type: [AgentResponse] })
  data!: AgentResponse[];

  @ApiProperty({ type: 'string', nullable: true })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;

  static from(page: Page<Agent>): AgentPageResponse {
    return { data: page.data.map(AgentResponse.from), nextCursor: page.nextCursor, hasMore: page.hasMore };
  }
}
