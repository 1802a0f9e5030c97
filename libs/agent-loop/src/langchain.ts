import type * as ChatModels from '@langchain/core/language_models/chat_models';
import type * as LangChain from 'langchain';

export interface LangChainModules {
  readonly langchain: typeof LangChain;
  readonly chatModels: typeof ChatModels;
}

let modules: Promise<LangChainModules> | undefined;

/** Loads LangChain when the first agent runs; a server without one starts half a second sooner. */
export function loadLangChain(): Promise<LangChainModules> {
  modules ??= load();
  return modules;
}

async function load(): Promise<LangChainModules> {
  try {
    const [langchain, chatModels] = await Promise.all([
      import('langchain'),
      import('@langchain/core/language_models/chat_models'),
    ]);
    return { langchain, chatModels };
  } catch (error) {
    modules = undefined;
    throw error;
  }
}
