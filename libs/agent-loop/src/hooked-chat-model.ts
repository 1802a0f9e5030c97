import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { BaseMessage } from 'langchain';
import { fromLangChain, toAssistantMessage } from './convert-messages.js';
import type { LangChainModules } from './langchain.js';
import type { LoopMessage, LoopReply } from './loop-types.js';

export type AskModel = (turn: number, messages: readonly LoopMessage[]) => Promise<LoopReply>;

/** A chat model that LangChain can call and that asks through a hook: our router is behind it, and our record before it. */
export function createHookedChatModel({ langchain, chatModels }: LangChainModules, ask: AskModel): BaseChatModel {
  class HookedChatModel extends chatModels.BaseChatModel {
    constructor() {
      // What a failure means is decided outside; a second call from in here would be one that no record knows of.
      super({ maxRetries: 0, cache: false });
    }

    _llmType(): string {
      return 'agentflow';
    }

    async _generate(messages: BaseMessage[]) {
      const said = fromLangChain(messages);
      const turn = said.filter(({ role }) => role === 'assistant').length;
      const reply = await ask(turn, said);
      return { generations: [{ text: reply.text, message: toAssistantMessage(langchain, reply, turn) }] };
    }

    /** Tools are told to the model by the hook; LangChain only has to know that there may be some. */
    override bindTools(): this {
      return this;
    }
  }
  return new HookedChatModel();
}
