import { Module } from '@nestjs/common';
import { ChatModule } from './chat.module.js';
import { ConversationsTask } from './conversations/conversations.task.js';

/** Goes on with conversations, in every process whatever its role. */
@Module({ imports: [ChatModule], providers: [ConversationsTask] })
export class ChatMaintenanceModule {}
