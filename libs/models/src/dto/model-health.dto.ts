import { ApiProperty } from '@nestjs/swagger';
import type { BreakerState, ModelHealth } from '#providers';

export class ModelHealthResponse {
  @ApiProperty({ example: 'openai/gpt-5.6-luna' })
  model!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Your own key; null: the installation’s.' })
  credentialId!: string | null;

  @ApiProperty({
    enum: ['closed', 'half-open', 'open'],
    description: '`closed`: calls go through. `open`: they are refused. `half-open`: one call finds out.',
  })
  state!: BreakerState;

  @ApiProperty({ type: 'integer', description: 'Failures since the last success.' })
  failures!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When an open one is tried again.' })
  retryAt!: Date | null;

  @ApiProperty({ type: String, nullable: true, example: 'provider.overloaded' })
  lastErrorCode!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastFailureAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastSuccessAt!: Date | null;

  static from({ model, credentialId, state, failures, lastErrorCode, ...at }: ModelHealth): ModelHealthResponse {
    return {
      model,
      credentialId,
      state,
      failures,
      lastErrorCode,
      retryAt: moment(at.retryAt),
      lastFailureAt: moment(at.lastFailureAt),
      lastSuccessAt: moment(at.lastSuccessAt),
    };
  }
}

export class ModelHealthListResponse {
  @ApiProperty({ type: [ModelHealthResponse], description: 'Of models that this process has called.' })
  data!: ModelHealthResponse[];
}

const moment = (at: number | null): Date | null => (at === null ? null : new Date(at));
