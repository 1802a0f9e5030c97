import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  Length,
  Matches,
  ValidateIf,
} from 'class-validator';
import { IsReceiverUrl, MAX_RECEIVER_URL_CHARACTERS } from '../../delivery/is-receiver-url.js';
import { EVENT_TYPE_NAMES, type EventType } from '../event-types.js';

const MayBeAbsent = (): PropertyDecorator => ValidateIf((_body: unknown, value: unknown) => value !== undefined);

const TextChecks = (least: number, most: number): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    IsString(),
    Length(least, most),
    Matches(/^[^\0]*$/, { message: '$property must not contain a NUL character' }),
  );

const EventChecks = (): PropertyDecorator =>
  applyDecorators(
    IsArray(),
    ArrayNotEmpty(),
    ArrayMaxSize(EVENT_TYPE_NAMES.length),
    ArrayUnique(),
    IsIn(EVENT_TYPE_NAMES, { each: true }),
  );

const UrlDocument = {
  format: 'uri',
  maxLength: MAX_RECEIVER_URL_CHARACTERS,
  example: 'https://example.org/agentflow',
  description:
    'An http(s) address that gets a POST for each event. Whether it may be reached is decided when it is called: private addresses are refused.',
} as const;

const EventsDocument = {
  enum: EVENT_TYPE_NAMES,
  enumName: 'WebhookEventType',
  isArray: true,
  minItems: 1,
  description: 'What it is told; GET /webhook-endpoints/event-types says what each means.',
} as const;

export class CreateWebhookEndpointRequest {
  @ApiProperty({ minLength: 1, maxLength: 120, example: 'Order system' })
  @TextChecks(1, 120)
  name!: string;

  @ApiProperty(UrlDocument)
  @IsReceiverUrl()
  url!: string;

  @ApiProperty(EventsDocument)
  @EventChecks()
  events!: EventType[];

  @ApiPropertyOptional({ maxLength: 1_000, default: '' })
  @MayBeAbsent()
  @TextChecks(0, 1_000)
  description?: string;

  @ApiPropertyOptional({ default: true, description: 'False: it is told nothing, and nothing is kept for later.' })
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;
}

export class UpdateWebhookEndpointRequest {
  @ApiPropertyOptional({ minLength: 1, maxLength: 120 })
  @MayBeAbsent()
  @TextChecks(1, 120)
  name?: string;

  @ApiPropertyOptional(UrlDocument)
  @MayBeAbsent()
  @IsReceiverUrl()
  url?: string;

  @ApiPropertyOptional(EventsDocument)
  @MayBeAbsent()
  @EventChecks()
  events?: EventType[];

  @ApiPropertyOptional({ maxLength: 1_000 })
  @MayBeAbsent()
  @TextChecks(0, 1_000)
  description?: string;

  @ApiPropertyOptional({ description: 'True forgets how it failed before. False gives up what is not delivered yet.' })
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;
}
