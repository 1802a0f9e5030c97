import type { GenerateRequest, ModelImage, ModelTurn, ToolDescription } from '#kernel';
import type { AskedPicture } from './asked-picture.js';

/** What was said, its pictures still to be fetched. */
export type AskedTurn =
  ModelTurn | { readonly role: 'user'; readonly content: string; readonly pictures: readonly AskedPicture[] };

/** What a client asks for, in whichever of OpenAI's two forms it came. */
export interface AskedAnswer {
  /** An agent's slug, `slug@version`, or `provider/model`. */
  readonly model: string;
  readonly turns: readonly AskedTurn[];
  readonly tools: readonly ToolDescription[];
  readonly toolChoice?: GenerateRequest['toolChoice'];
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  readonly stop?: readonly string[];
  readonly schema?: Readonly<Record<string, unknown>>;
}

/** The same, cut at the last words of the person: before them the history, after them calls of tools and their results. */
export interface CutTurns {
  readonly system: string;
  readonly history: readonly ModelTurn[];
  readonly message: string;
  /** Those of the message. */
  readonly images: readonly ModelImage[];
  readonly since: readonly ModelTurn[];
}

/** Rules from anywhere in the conversation stand before it, as every provider takes them. */
export function cutTurns(turns: readonly ModelTurn[]): CutTurns {
  const system = turns.flatMap(({ role, content }) => (role === 'system' ? [content] : [])).join('\n\n');
  const said = turns.filter(({ role }) => role !== 'system');
  const last = said.findLastIndex(({ role }) => role === 'user');
  const asked = said[last];
  if (asked?.role !== 'user') return { system: '', history: [], message: system, images: [], since: said };
  const { content: message, images = [] } = asked;
  return { system, history: said.slice(0, last), message, images, since: said.slice(last + 1) };
}
