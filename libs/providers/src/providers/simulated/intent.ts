import { wantsYesOrNo } from './yes-or-no.js';

export type Intent = 'summarise' | 'classify' | 'extract' | 'keywords' | 'title' | 'reply' | 'answer' | 'none';

/** What each intent sounds like. The first to be heard in an instruction wins. */
const SOUNDS: readonly (readonly [Exclude<Intent, 'none'>, RegExp])[] = [
  ['title', /\b(?:titles?|headlines?|subject line|betreff(?:zeile)?|überschrift|titel)\b/iu],
  ['keywords', /\b(?:key ?words?|hash ?tags?|tags|main topics|schlagw[oö]rter?|stichw[oö]rter?|stichworte)\b/iu],
  [
    'summarise',
    /\b(?:summari[sz]\w*|summary|tl;?dr|condense|shorten|recap|digest|key points|main points|takeaways|highlights|(?:status|short|brief) (?:report|update)|report\b|overview|bericht\w*|überblick|bullet points|boil down|in (?:short|brief)|fass\w* .{0,200}zusammen|zusammenfass\w*|kürze|kurzfassung|stichpunkt\w*)/iu,
  ],
  [
    'classify',
    /\b(?:classif\w*|categori[sz]\w*|which category|one of|label|sentiment|triage|route (?:the|this|it)|is (?:this|it) (?:a|an)? ?\w+ or|klassifizier\w*|kategorisier\w*|einordne\w*|ordne\b|kategorie|stimmung|welche kategorie)/iu,
  ],
  [
    'extract',
    /\b(?:extract\w*|(?:as|return|respond|output|reply|answer|give)\b[^.\n]{0,40}\bjson|pull out|parse|find (?:all|the|every)|list (?:all|the|every)|identify (?:all|the)|which fields|extrahier\w*|lies .{0,80}aus|finde alle|nenne alle)/iu,
  ],
  [
    'reply',
    /\b(?:(?:draft|write|compose|prepare|suggest|generate)\b.{0,80}\b(?:reply|response|answer|e-?mail|message)|(?:reply|respond) (?:to|politely)|(?:verfasse|schreibe?|formuliere|entwirf)\b.{0,80}\b(?:antwort|e-?mail|nachricht)|antworte (?:auf|dem|der)|answer (?:the|this) (?:customer|ticket|e-?mail|message))/iu,
  ],
  ['answer', /\b(?:answer|beantworte\w*|antworte)\b/iu],
];
/** A question is only a question when it is not one of the above in disguise, as in "what is the sentiment?" */
const QUESTION =
  /\?\s*$|^(?:who|what|when|where|why|how|which|wer|was|wann|wo|warum|wie|welche[rs]?)\b|\b(?:question|frage|using (?:only )?the|based on|according to|anhand|laut)\b/imu;

/** What an instruction asks for. */
export function intentOf(instruction: string): Intent {
  if (wantsYesOrNo(instruction)) return 'classify';
  let intent: Intent = 'none';
  let earliest = Number.POSITIVE_INFINITY;
  for (const [candidate, sound] of SOUNDS) {
    const at = instruction.search(sound);
    if (at !== -1 && at < earliest) [intent, earliest] = [candidate, at];
  }
  return intent === 'none' && QUESTION.test(instruction) ? 'answer' : intent;
}
