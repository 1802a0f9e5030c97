export interface SplitPrompt {
  /** What is to be done. */
  readonly instruction: string;
  /** What it is to be done with; empty when there is only an instruction. */
  readonly material: string;
  /** A question that the prompt sets apart from its material. */
  readonly question?: string;
}

const LONGEST_INSTRUCTION = 2_000;
const VERBS =
  `summari[sz]e|classify|categori[sz]e|extract|label|tag|answer|write|draft|translate|rewrite|list|find|identify|give|
reply|respond|return|decide|determine|pick|choose|route|triage|rate|score|tell|explain|describe|detect|generate|compose|create|suggest|
analy[sz]e|read|condense|shorten|parse|pull|what|which|is (?:the|this|it)|are (?:the|these)|does|should|here (?:is|are)|turn|compare|review|convert|make|take|given|based on|help|you are|your task|output|use only|do not|don't|only|fasse|fass|klassifiziere|kategorisiere|ordne|
extrahiere|beantworte|antworte|schreibe|schreib|nenne|finde|bestimme|wähle|erstelle|gib|lies|verfasse|formuliere|entscheide|bewerte|liste|du bist|nutze|
kürze|tl;?dr|summary|zusammenfassung`.replace(/\n/g, '');
const STARTS_WITH_INSTRUCTION = new RegExp(
  `^\\W{0,4}(?:(?:please|bitte|now|then|can you|could you|kindly|carefully)\\s+){0,2}(?:${VERBS})(?![\\p{L}])`,
  'iu',
);
const CONTINUES_INSTRUCTION =
  /^\W{0,4}(?:reply|respond|answer|return|output|use|do not|don't|only|keep|be |write|give|format|if |the (?:labels|categories|fields)|categories|labels|rules|make sure|antworte|gib|nutze|verwende|nur|wenn)/i;
const LIST_INTRODUCTION =
  /(?:one of|labels?|categor(?:y|ies)|classes|options|choices|fields?|keys|values|either|into|as|kategorien?|felder|rules|steps)\b[^:\n]{0,40}$/i;
const MATERIAL_HEADING =
  /^[ \t]*(?:#{1,4}[ \t]*|\*\*)?(?:(?:the|customer'?s?|support|following|source|input|user|der|die|das)[ \t]+){0,2}(text|texts|ticket|e-?mail|message|document|documents|context|passages?|sources?|input|article|review|transcript|notes?|content|conversation|invoice|data|background|knowledge|excerpts?|kontext|dokumente?|nachricht|artikel|quellen?|inhalt|rechnung|anfrage|bewertung|faq|policy|guidelines|handbook|lead|request|application|report|log|feedback|transkript|notizen|protokoll)(?:\*\*)?[ \t]*:(?:\*\*)?[ \t]*(.*)$/i;
const QUESTION_HEADING =
  /^[ \t]*(?:#{1,4}[ \t]*|\*\*)?(?:(?:the|customer'?s?|user'?s?)[ \t]+){0,2}(?:question|query|frage)(?:\*\*)?[ \t]*:(?:\*\*)?[ \t]*(.*)$/i;

/** True when a text begins by saying what to do. */
export function isInstruction(text: string): boolean {
  return STARTS_WITH_INSTRUCTION.test(text);
}

/**
 * Separates what a prompt wants from what it wants it done with. Only the instruction is obeyed, so that a ticket
 * which says "classify me as urgent" changes nothing but its own wording.
 */
export function splitPrompt(prompt: string): SplitPrompt {
  const text = prompt.replace(/\r\n?/g, '\n').trim();
  return (
    delimited(text) ?? headed(text) ?? byParagraphs(text) ?? afterColon(text) ?? byLines(text) ?? bySentences(text)
  );
}

/** `"""…"""`, code fences, a quotation after a colon and `<document>…</document>`. */
function delimited(text: string): SplitPrompt | undefined {
  for (const [open, close] of [
    ['"""', '"""'],
    ["'''", "'''"],
    ['```', '```'],
  ] as const) {
    const start = text.indexOf(open);
    const end = start === -1 ? -1 : text.lastIndexOf(close);
    if (end <= start) continue;
    const material = text
      .slice(start + open.length, end)
      .replace(/^[a-z]{0,10}\n/, '')
      .trim();
    const instruction = `${text.slice(0, start)}\n${text.slice(end + close.length)}`.trim();
    if (material !== '' && instruction.length <= LONGEST_INSTRUCTION) return withQuestion(instruction, material);
  }
  const quoted = /:\s*["“„]([^"“”„]{20,})["“”]/.exec(text);
  if (quoted && isInstruction(text)) {
    const rest = `${text.slice(0, quoted.index)}\n${text.slice(quoted.index + quoted[0].length)}`;
    return withQuestion(rest.replace(/\n[\s.]+/, '.\n').trim(), quoted[1]!.trim());
  }
  const tag =
    /<(text|ticket|email|message|document|documents|context|article|input|source|sources|content|data|passages|transcript)>/i.exec(
      text,
    );
  if (!tag) return undefined;
  const end = text.toLowerCase().lastIndexOf(`</${tag[1]!.toLowerCase()}>`);
  if (end === -1) return undefined;
  const rest = `${text.slice(0, tag.index)}\n${text.slice(end + tag[0].length + 1)}`.trim();
  return withQuestion(rest, text.slice(tag.index + tag[0].length, end).trim());
}

/** `Context: …` and `Question: …` at the starts of lines. */
function headed(text: string): SplitPrompt | undefined {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => MATERIAL_HEADING.test(line));
  const questionAt = lines.findIndex((line) => QUESTION_HEADING.test(line));
  if (first === -1 && questionAt === -1) return undefined;
  const start = first === -1 ? questionAt : questionAt === -1 ? first : Math.min(first, questionAt);
  const preamble = lines.slice(0, start).join('\n').trim();
  // An e-mail may begin with "Message:" too; without an instruction before it or a question it is nothing but text.
  if (preamble === '' && questionAt === -1) return undefined;
  if (preamble !== '' && !isInstruction(preamble) && questionAt === -1) return undefined;
  const material: string[] = [];
  const question: string[] = [];
  let target = material;
  for (const line of lines.slice(start)) {
    const asked = QUESTION_HEADING.exec(line);
    const headed = asked ? null : MATERIAL_HEADING.exec(line);
    if (asked) target = question;
    else if (headed && target === question) target = material;
    target.push(asked?.[1] ?? (headed && material.length === 0 ? headed[2]! : line));
  }
  // `Answer from the rules.\n\nRules: …\n\nQuestion: …` under a heading we do not know: the preamble holds the material.
  if (material.join('').trim() === '' && preamble !== '') {
    return { ...splitPrompt(preamble), question: question.join('\n').trim() || undefined };
  }
  return {
    instruction: preamble,
    material: material.join('\n').trim(),
    question: question.join('\n').trim() || undefined,
  };
}

function byParagraphs(text: string): SplitPrompt | undefined {
  const paragraphs = text.split(/\n[ \t]*\n/).map((paragraph) => paragraph.trim());
  if (paragraphs.length < 2) return undefined;
  const [first = '', ...others] = paragraphs;
  if (isInstruction(first) && first.length <= LONGEST_INSTRUCTION && !bringsItsMaterial(first)) {
    let count = 1;
    const takesList = /:\s*$/.test(first);
    while (count < paragraphs.length - 1 && continues(paragraphs[count]!, takesList && count === 1)) count++;
    return withQuestion(paragraphs.slice(0, count).join('\n'), paragraphs.slice(count).join('\n\n'));
  }
  const last = others.at(-1)!;
  if (!isInstruction(first) && isInstruction(last) && last.length <= 400) {
    return withQuestion(last, paragraphs.slice(0, -1).join('\n\n'));
  }
  if (!isInstruction(first) && last.length <= 400 && last.endsWith('?')) {
    return { instruction: '', material: paragraphs.slice(0, -1).join('\n\n'), question: last };
  }
  return undefined;
}

function continues(paragraph: string, takesList: boolean): boolean {
  if (takesList && /^(?:[-*•]|\d{1,2}[.)])\s/.test(paragraph)) return true;
  return paragraph.length <= 300 && CONTINUES_INSTRUCTION.test(paragraph);
}

/** `Summarise: <text>` goes on with its material; `Classify as one of: a, b` goes on with its labels. */
function bringsItsMaterial(paragraph: string): boolean {
  const colon = paragraph.indexOf(':');
  if (colon === -1 || colon > 300) return false;
  const rest = paragraph.slice(colon + 1).trim();
  return rest !== '' && !/^(?:[-*•]|\d{1,2}[.)])\s/.test(rest) && !LIST_INTRODUCTION.test(paragraph.slice(0, colon));
}

function afterColon(text: string): SplitPrompt | undefined {
  if (!isInstruction(text) || !bringsItsMaterial(text)) return undefined;
  const colon = text.indexOf(':');
  return withQuestion(text.slice(0, colon), text.slice(colon + 1).trim());
}

function byLines(text: string): SplitPrompt | undefined {
  const [first = '', ...rest] = text.split('\n');
  if (rest.length === 0 || !isInstruction(first)) return undefined;
  let count = 0;
  while (
    count < rest.length - 1 &&
    (/^\s*(?:[-*•]|\d{1,2}[.)])\s/.test(rest[count]!) || CONTINUES_INSTRUCTION.test(rest[count]!))
  )
    count++;
  return withQuestion([first, ...rest.slice(0, count)].join('\n'), rest.slice(count).join('\n').trim());
}

/** `Classify the ticket as one of billing, technical. I was charged twice.` */
function bySentences(text: string): SplitPrompt {
  const sentences = text.split(/(?<=[.!?])\s+(?=[\p{Lu}"“„])/u);
  let count = 0;
  while (count < sentences.length && isInstruction(sentences[count]!)) count++;
  const material = sentences.slice(count).join(' ').trim();
  if (count > 0 && material.split(/\s+/).length >= 3)
    return { instruction: sentences.slice(0, count).join(' '), material };
  return count > 0 ? { instruction: text, material: '' } : { instruction: '', material: text };
}

/** A question that ends the material belongs to the instruction: `Answer from the text.\n\n<text>\n\nWho was it?` */
function withQuestion(instruction: string, material: string): SplitPrompt {
  const lines = instruction.split('\n');
  const at = lines.findIndex((line) => QUESTION_HEADING.test(line));
  if (at !== -1) {
    const question = [QUESTION_HEADING.exec(lines[at]!)![1], ...lines.slice(at + 1)].join('\n').trim();
    return { instruction: lines.slice(0, at).join('\n').trim(), material, question: question || undefined };
  }
  return { instruction, material };
}
