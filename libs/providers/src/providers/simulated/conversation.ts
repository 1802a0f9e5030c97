import { type Message, textOf, type ToolMessage } from '../../model/message.js';
import { type Intent, intentOf } from './intent.js';
import { splitPrompt } from './split-prompt.js';

/** Somebody who writes this much and asks nothing wants to be acknowledged. */
const SHORTEST_LETTER_WORDS = 12;

/** What a conversation wants now. */
export interface Request {
  readonly intent: Intent;
  /** The words that say what to do, the person's before the system's. */
  readonly instruction: string;
  /** What to do it with. */
  readonly material: string;
  /** What is asked, for answering. */
  readonly question: string;
  /** The last words of the person, whole. */
  readonly prompt: string;
  /** Results of tools that have run since then. */
  readonly toolResults: readonly ToolMessage[];
}

/** Reads the last turn of a conversation; what came before it, and what the system says, serve as context. */
export function readConversation(messages: readonly Message[]): Request {
  const lastUser = messages.findLastIndex((message) => message.role === 'user');
  const prompt = lastUser === -1 ? '' : textOf(messages[lastUser]!).trim();
  const system = messages
    .filter((message) => message.role === 'system')
    .map(textOf)
    .join('\n\n')
    .trim();
  const toolResults = messages.slice(lastUser + 1).filter((message): message is ToolMessage => message.role === 'tool');
  const asked = splitPrompt(prompt);
  const rules = splitPrompt(system);
  const rulesText = rules.instruction || rules.material;
  const ownIntent = intentOf(asked.instruction);
  const base = { prompt, toolResults };
  if (asked.question) {
    const intent = ownIntent === 'none' ? 'answer' : ownIntent;
    return {
      ...base,
      intent,
      instruction: asked.instruction || rulesText,
      material: asked.material || rules.material,
      question: asked.question,
    };
  }
  if (ownIntent !== 'none') {
    const earlier =
      asked.material || contextOf(messages.slice(0, Math.max(lastUser, 0)), rules.material, rules.instruction);
    return {
      ...base,
      intent: ownIntent,
      instruction: asked.instruction,
      material: earlier,
      question: asked.instruction,
    };
  }
  const systemIntent = intentOf(rulesText);
  const isQuestion = intentOf(prompt) === 'answer' && prompt.length <= 500;
  if (isQuestion && (systemIntent === 'answer' || systemIntent === 'none')) {
    const context = contextOf(messages.slice(0, Math.max(lastUser, 0)), rules.material, rules.instruction);
    return { ...base, intent: 'answer', instruction: rulesText, material: context, question: prompt };
  }
  const intent = systemIntent === 'none' ? intentOf(prompt) : systemIntent;
  // Words that come with nothing to look them up in are a question without a context, not a context of their own.
  const isUnfounded = intent === 'answer' && asked.material === prompt;
  const isLetter = isUnfounded && !prompt.endsWith('?') && prompt.split(/\s+/).length >= SHORTEST_LETTER_WORDS;
  if (isLetter) return { ...base, intent: 'reply', instruction: rulesText, material: prompt, question: prompt };
  const material = isUnfounded ? '' : asked.material || prompt;
  return { ...base, intent, instruction: rulesText || prompt, material, question: prompt };
}

/** Earlier words that an answer may rest on: what the system message supplies, then what the person has said. */
function contextOf(earlier: readonly Message[], systemMaterial: string, systemInstruction: string): string {
  const said = earlier.filter((message) => message.role === 'user').map(textOf);
  const supplied = systemInstruction === '' && systemMaterial.length < 200 ? '' : systemMaterial;
  return [supplied, ...said].filter((text) => text !== '').join('\n\n');
}
