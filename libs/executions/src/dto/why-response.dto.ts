import { ApiProperty } from '@nestjs/swagger';
import { EXECUTION_STATUSES, type ExecutionStatus } from '../execution-status.js';

export const BLOCKER_KINDS = [
  'queue',
  'concurrency',
  'lease',
  'timer',
  'approval',
  'event',
  'run',
  'effect',
  'budget',
  'retry',
  'step',
  'none',
] as const;

export type BlockerKind = (typeof BLOCKER_KINDS)[number];

export const BLOCKER_ACTIONS = ['cancel', 'decide', 'send-event', 'open-run', 'open-usage', 'retry'] as const;

export type BlockerAction = (typeof BLOCKER_ACTIONS)[number];

export class BlockerResponse {
  @ApiProperty({
    enum: BLOCKER_KINDS,
    enumName: 'BlockerKind',
    description: '`none`: nothing blocks it; it has ended.',
  })
  kind!: BlockerKind;

  @ApiProperty({ required: false, description: 'Path of the step.' })
  path?: string;

  @ApiProperty({ required: false, format: 'uuid', description: 'The wait that can be decided or looked at.' })
  waitId?: string;

  @ApiProperty({ required: false, format: 'uuid', description: 'The run that it waits for.' })
  runId?: string;

  @ApiProperty({ type: String, format: 'date-time' })
  since!: string;

  @ApiProperty({ required: false, type: String, format: 'date-time', description: 'When it goes on by itself.' })
  deadline?: string;

  @ApiProperty({ description: 'A sentence for people.' })
  message!: string;

  @ApiProperty({ enum: BLOCKER_ACTIONS, enumName: 'BlockerAction', isArray: true, description: 'What can be done.' })
  actions!: BlockerAction[];
}

/** What a run is at, and what keeps it from going on. */
export class WhyResponse {
  @ApiProperty({ enum: EXECUTION_STATUSES, enumName: 'ExecutionStatus', description: 'Where the run stands.' })
  status!: ExecutionStatus;

  @ApiProperty({ type: String, format: 'date-time', description: 'Since when it has been in this state.' })
  since!: string;

  @ApiProperty({ description: 'One sentence.' })
  summary!: string;

  @ApiProperty({ type: [BlockerResponse] })
  blockers!: BlockerResponse[];
}
