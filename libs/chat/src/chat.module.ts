import { AgentsModule } from '#agents';
import { Module } from '@nestjs/common';
import { ConversationsRepository } from './conversations/conversations.repository.js';
import { ConversationRounds } from './conversations/conversation-rounds.js';
import { LeftOverRepository } from './conversations/left-over.repository.js';
import { ChatSessions } from './turns/chat-sessions.js';
import { ChatTurns } from './turns/chat-turns.js';
import { GivenUpRuns } from './turns/given-up-runs.js';
import { MessagesRepository } from './turns/messages.repository.js';
import { OpenTurns } from './turns/open-turns.js';
import { TurnArrival } from './turns/turn-arrival.js';
import { TurnEnds } from './turns/turn-ends.js';
import { TurnInput } from './turns/turn-input.js';
import { TurnOutcomes } from './turns/turn-outcome.js';
import { TurnRuns } from './turns/turn-runs.js';
import { ContextWindow } from './window/context-window.js';
import { RelevantTurns } from './window/relevant-turns.js';
import { RollingSummary } from './window/rolling-summary.js';
import { SummaryCollection } from './window/summary-collection.js';

const DOMAIN = [
  ChatSessions,
  ChatTurns,
  ContextWindow,
  ConversationRounds,
  ConversationsRepository,
  GivenUpRuns,
  LeftOverRepository,
  MessagesRepository,
  OpenTurns,
  RelevantTurns,
  RollingSummary,
  SummaryCollection,
  TurnArrival,
  TurnEnds,
  TurnInput,
  TurnOutcomes,
  TurnRuns,
];

/** Conversations without their doors. Needs `ExecutionsModule.forRoot`. */
@Module({ imports: [AgentsModule], providers: DOMAIN, exports: DOMAIN })
export class ChatModule {}
