import type { CallOptions } from '../../model/call-options.js';
import type { ToolCall } from '../../model/tool.js';
import { answerFrom, noAnswer } from './answer.js';
import { answerFromTools } from './answer-from-tool.js';
import { chooseTool } from './choose-tool.js';
import { classify } from './classify.js';
import { readConversation, type Request } from './conversation.js';
import { draftReply } from './draft-reply.js';
import { extractText } from './extract-text.js';
import { extractJson } from './extract-json.js';
import { introduce, noText } from './introduce.js';
import { labelsIn } from './labels.js';
import { lengthRequestOf } from './length-request.js';
import { hashOf } from './similarity.js';
import { messageOf } from './message-of.js';
import { summarise } from './summarise.js';
import { keywordsOf, titleOf } from './title.js';
import { yesOrNo } from './yes-or-no.js';

export interface Answer {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  /** What was understood to be wanted; kept as `raw` so that a surprising answer can be explained. */
  readonly task: string;
}

const DEFAULT_KEYWORDS = 5;
const SENTIMENTS = [{ name: 'positive' }, { name: 'negative' }, { name: 'neutral' }];

/** The whole work of the simulated model: from what is asked to what is said. Same question, same answer. */
export function respond(options: CallOptions): Answer {
  const request = readConversation(options.messages);
  const call = toolCall(request, options);
  if (call) return { text: '', toolCalls: [call], task: 'call-tool' };
  if (options.responseFormat?.type === 'json') {
    return { text: json(request, options), toolCalls: [], task: 'extract-json' };
  }
  if (request.toolResults.length > 0) {
    return { text: answerFromTools(request.prompt, request.toolResults), toolCalls: [], task: 'answer-from-tool' };
  }
  const text = perform(request, options.maxTokens);
  return text === ''
    ? { text: introduce(request.prompt), toolCalls: [], task: 'introduce' }
    : { text, toolCalls: [], task: request.intent };
}

/** A tool is called once; its result is answered with, unless the caller forces another call. */
function toolCall(request: Request, options: CallOptions): ToolCall | undefined {
  const choice = options.toolChoice ?? 'auto';
  if (request.toolResults.length > 0 && choice === 'auto') return undefined;
  const chosen = chooseTool(request.prompt, options.tools ?? [], choice);
  if (!chosen) return undefined;
  const seed = `${options.messages.length} ${chosen.toolName} ${JSON.stringify(chosen.arguments)}`;
  return { id: `call_${hashOf(seed).toString(36)}`, ...chosen };
}

function json(request: Request, options: CallOptions): string {
  const schema = options.responseFormat?.type === 'json' ? options.responseFormat.schema : undefined;
  const fromTools = request.toolResults.map((result) => result.content).join('\n\n');
  const material = [request.material || request.prompt, fromTools].filter((text) => text !== '').join('\n\n');
  if (schema) return JSON.stringify(extractJson(schema, material, labelsIn(request.instruction)));
  return JSON.stringify(
    extractText(request.instruction, material) ?? { answer: perform(request, undefined) || introduce(request.prompt) },
  );
}

/** Empty when there is nothing to work with, or nothing that this model can do. */
function perform(request: Request, maxTokens: number | undefined): string {
  const { material, instruction } = request;
  if (material === '') return withoutMaterial(request);
  switch (request.intent) {
    case 'summarise':
      return summarise(messageOf(material), lengthRequestOf(instruction), maxTokens);
    case 'classify': {
      const labels = labelsIn(instruction);
      const told = yesOrNo(instruction, material);
      if (told !== undefined) return told;
      return classify(material, labels.length > 0 ? labels : SENTIMENTS).label;
    }
    case 'extract': {
      const fields = extractText(instruction, material);
      if (!fields) return '';
      return /\bjson\b/i.test(instruction) ? JSON.stringify(fields) : asLines(fields);
    }
    case 'keywords': {
      const { words, bullets } = lengthRequestOf(instruction);
      const count = /\d+/.exec(instruction)?.[0];
      return keywordsOf(messageOf(material), Number(count ?? words ?? bullets ?? DEFAULT_KEYWORDS)).join(', ');
    }
    case 'title':
      return titleOf(messageOf(material));
    case 'reply':
      return draftReply(material);
    case 'answer':
      return answerFrom(material, request.question) ?? noAnswer(request.question);
    case 'none':
      return '';
  }
}

/** An instruction without a text to follow it on, often because a step before it yielded nothing. */
function withoutMaterial({ intent, instruction, prompt }: Request): string {
  if (intent === 'none' || intent === 'reply' || intent === 'answer') return '';
  const labels = intent === 'classify' ? labelsIn(instruction) : [];
  return labels.length > 0 ? classify('', labels).label : noText(prompt);
}

function asLines(fields: Readonly<Record<string, unknown>>): string {
  const [only, ...others] = Object.values(fields);
  if (others.length === 0 && Array.isArray(only) && only.length > 0) return only.map((item) => `- ${item}`).join('\n');
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${[value ?? []].flat().map(String).join(', ') || '–'}`)
    .join('\n');
}
