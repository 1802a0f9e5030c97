import { AgentsModule } from '#agents';
import { AuthModule } from '#auth';
import { BillingModule } from '#billing';
import { ExecutionsApiModule } from '#executions';
import { ModelsModule } from '#models';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '#platform/config';
import { EgressClient } from '#platform/egress';
import { ChatAnswer } from './chat-answer.js';
import { ChatController } from './chat.controller.js';
import { ChatModule } from './chat.module.js';
import { ConversationDocuments } from './conversations/conversation-documents.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { ConversationsReadModel } from './conversations/conversations.read-model.js';
import { ConversationsService } from './conversations/conversations.service.js';
import { Answers } from './openai/answering.js';
import { ChatCompletions } from './openai/chat-completions.js';
import { Embeddings } from './openai/embeddings.js';
import { EventSender } from './openai/event-sender.js';
import { OfferedModels } from './openai/offered-models.js';
import { OpenAiController } from './openai/openai.controller.js';
import { OpenAiRuns } from './openai/openai-runs.js';
import { OpenAiTargets } from './openai/openai-target.js';
import { PICTURE_EGRESS, PictureFetch } from './openai/picture-fetch.js';
import { Responses } from './openai/responses.js';
import { TurnProgress } from './turns/turn-progress.js';

/** The doors for people and their programs. Needs `ExecutionsModule.forRoot`. */
@Module({
  imports: [AgentsModule, AuthModule, BillingModule, ChatModule, ExecutionsApiModule, ModelsModule],
  controllers: [ChatController, ConversationsController, OpenAiController],
  providers: [
    Answers,
    ChatAnswer,
    ChatCompletions,
    ConversationDocuments,
    ConversationsReadModel,
    ConversationsService,
    Embeddings,
    EventSender,
    OfferedModels,
    OpenAiRuns,
    OpenAiTargets,
    {
      provide: PICTURE_EGRESS,
      inject: [SETTINGS],
      useFactory: ({ egress }: Settings) => new EgressClient({ allowCidrs: egress.allowCidrs }),
    },
    PictureFetch,
    Responses,
    TurnProgress,
  ],
})
export class ChatApiModule implements OnApplicationShutdown {
  constructor(@Inject(PICTURE_EGRESS) private readonly pictureEgress: EgressClient) {}

  async onApplicationShutdown(): Promise<void> {
    await this.pictureEgress.close();
  }
}
