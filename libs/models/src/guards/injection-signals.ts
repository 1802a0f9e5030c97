/** Changes whenever a rule does, and stands in every record that a rule has led to. */
export const INJECTION_SIGNALS_VERSION = '2026-11-21';

/** Who wrote a text: a person or the author's template, or something that came from outside while the run went on. */
export type TextSource = 'user' | 'tool';

export interface InjectionSignal {
  readonly name: string;
  /** How sure one hit makes us that somebody wants to steer the model, from 0 to 100; by who wrote the text. */
  readonly weight: Readonly<Record<TextSource, number>>;
  readonly pattern: RegExp;
}

const both = (weight: number): InjectionSignal['weight'] => ({ user: weight, tool: weight });

/**
 * What texts look like that talk to the model instead of to its reader. Each gap is bounded, so that no text takes long.
 * What comes out of tools weighs more: a page or a mail has no business giving orders.
 */
export const INJECTION_SIGNALS: readonly InjectionSignal[] = [
  {
    name: 'ignore-instructions',
    weight: { user: 65, tool: 85 },
    pattern:
      /\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}\b(?:previous|prior|above|earlier|preceding|all|any|your|these|those|existing)\b[^.!?\n]{0,30}\b(?:instructions?|prompts?|rules?|guidelines?|directions?|constraints?)\b/i,
  },
  {
    name: 'ignore-instructions',
    weight: { user: 65, tool: 85 },
    pattern:
      /\b(?:ignorier\w*|vergiss|missachte\w*|ignora|olvida|ignore[zr]|oublie[zr]?)\b[^.!?\n]{0,60}\b(?:anweisung\w*|vorgaben|regeln|instruk\w*|instrucciones|reglas|consignes|instructions|règles)/i,
  },
  {
    name: 'chat-markup',
    weight: { user: 60, tool: 75 },
    pattern:
      /<\|(?:im_start|im_end|system|assistant|endoftext|eot_id|start_header_id)\|>|\[\/?INST\]|<<\/?SYS>>|<\/?system>/i,
  },
  {
    name: 'role-confusion',
    weight: { user: 35, tool: 60 },
    pattern:
      /^[ \t]*(?:#{1,4}[ \t]*|\*\*)?(?:system|developer|assistant)(?:\*\*)?(?: (?:message|prompt|override|note))?[ \t]*:/im,
  },
  {
    name: 'new-persona',
    weight: both(50),
    pattern:
      /\byou are (?:now|no longer)\b[^.!?\n]{0,40}\b(?:DAN|unrestricted|jailbroken|unfiltered|bound|free)\b|\b(?:developer|god|DAN) mode\b|\bjailbreak\b|\bwithout (?:any )?(?:restrictions|filters|safety)\b/i,
  },
  {
    name: 'reveal-prompt',
    weight: both(50),
    pattern:
      /\b(?:reveal|print|show|repeat|output|leak|tell me|display)\b[^.!?\n]{0,40}\b(?:system prompt|hidden (?:prompt|instructions)|initial (?:prompt|instructions)|your (?:system )?(?:prompt|instructions))\b/i,
  },
  {
    name: 'exfiltration',
    weight: { user: 55, tool: 90 },
    pattern:
      /\b(?:send|post|upload|forward|transmit|exfiltrate|e-?mail)\b[^\n]{0,80}\b(?:api[ _-]?keys?|passwords?|secrets?|tokens?|credentials?|conversation|history|customer data|files?|data)\b[^\n]{0,80}(?:https?:\/\/|\b[\w.+-]{1,60}@[\w-]{1,60}\.)/i,
  },
  {
    name: 'data-in-link',
    weight: { user: 20, tool: 55 },
    pattern: /!\[[^\]\n]{0,200}\]\(\s{0,4}https?:\/\/[^)\s]{1,300}[?&][^)\s]{0,300}=[^)]{0,300}\)/i,
  },
  {
    name: 'keep-from-user',
    weight: { user: 40, tool: 80 },
    pattern:
      /\b(?:do not|don't|never)\s(?:tell|inform|mention|reveal)[^.!?\n]{0,30}\b(?:the )?(?:user|human|customer|operator)\b|\bwithout (?:telling|informing|asking) the (?:user|human)\b/i,
  },
  {
    name: 'orders-to-the-assistant',
    weight: { user: 10, tool: 60 },
    pattern:
      /\b(?:AI|assistant|agent|language model|LLM)\b[^.!?\n]{0,30}\b(?:must|should|shall|has to|needs? to)\b[^.!?\n]{0,60}\b(?:call|use|run|execute|invoke|delete|transfer|send|approve)\b/i,
  },
  { name: 'hidden-text', weight: { user: 80, tool: 95 }, pattern: /[\u{E0000}-\u{E007F}]{2}/u },
  { name: 'text-direction', weight: { user: 25, tool: 40 }, pattern: /[\u202A-\u202E\u2066-\u2069]/ },
  { name: 'invisible-characters', weight: both(20), pattern: /[\u200B\u2060\uFEFF\u00AD]{3}/ },
];
