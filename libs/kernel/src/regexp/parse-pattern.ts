import { complement, DIGITS, LINE_ENDS, WHITE_SPACE, WORD_CHARACTERS, type CodeRange } from './character-set.js';
import { UnsupportedPatternError, type Pattern } from './pattern.js';

export interface ParsedPattern {
  readonly pattern: Pattern;
  /** Capturing groups, the whole match not counted. */
  readonly groupCount: number;
}

/**
 * Reads a pattern that `new RegExp(source)` has already accepted.
 *
 * @throws UnsupportedPatternError for look-around and back-references
 */
export function parsePattern(source: string): ParsedPattern {
  const parser = new PatternParser(source);
  return { pattern: parser.alternatives(), groupCount: parser.groupCount };
}

const MAX_DEPTH = 200;
const CLASS_ESCAPES: Readonly<Record<string, readonly CodeRange[]>> = {
  d: DIGITS,
  D: complement(DIGITS),
  w: WORD_CHARACTERS,
  W: complement(WORD_CHARACTERS),
  s: WHITE_SPACE,
  S: complement(WHITE_SPACE),
};
const CONTROL_ESCAPES: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

class PatternParser {
  groupCount = 0;
  private index = 0;
  private depth = 0;

  constructor(private readonly source: string) {}

  alternatives(): Pattern {
    if (++this.depth > MAX_DEPTH) throw new UnsupportedPatternError(`It nests deeper than ${MAX_DEPTH} groups.`);
    const options = [this.sequence()];
    while (this.take('|')) options.push(this.sequence());
    this.depth--;
    return options.length === 1 ? (options[0] as Pattern) : { type: 'alternatives', options };
  }

  private sequence(): Pattern {
    const parts: Pattern[] = [];
    while (this.index < this.source.length && !'|)'.includes(this.source.charAt(this.index))) {
      const groupsBefore = this.groupCount;
      const atom = this.atom();
      parts.push(this.quantified(atom, groupsBefore));
    }
    return parts.length === 1 ? (parts[0] as Pattern) : { type: 'sequence', parts };
  }

  private atom(): Pattern {
    const character = this.source.charAt(this.index++);
    switch (character) {
      case '^':
        return { type: 'assertion', kind: 'start' };
      case '$':
        return { type: 'assertion', kind: 'end' };
      case '.':
        return { type: 'set', ranges: LINE_ENDS, negated: true };
      case '[':
        return this.characterClass();
      case '(':
        return this.group();
      case '\\':
        return this.escape();
      default:
        return single(character.charCodeAt(0));
    }
  }

  private group(): Pattern {
    if (/^\?<?[=!]/.test(this.source.slice(this.index, this.index + 3))) {
      throw new UnsupportedPatternError('Look-ahead and look-behind are not supported.');
    }
    const opening = /^\?(?::|<[^>]*>)/.exec(this.source.slice(this.index))?.[0] ?? '';
    this.index += opening.length;
    const captures = opening !== '?:';
    const index = captures ? ++this.groupCount : 0;
    const body = this.alternatives();
    this.take(')');
    return captures ? { type: 'group', index, body } : body;
  }

  private quantified(body: Pattern, groupsBefore: number): Pattern {
    const text = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(this.source.slice(this.index, this.index + 40))?.[0];
    if (text === undefined) return body;
    this.index += text.length;
    const [min, max] = boundsOf(text);
    const lazy = this.take('?');
    return { type: 'repeat', body, min, max, lazy, groups: [groupsBefore + 1, this.groupCount + 1] };
  }

  private escape(): Pattern {
    const character = this.source.charAt(this.index);
    if (/[1-9k]/.test(character)) throw new UnsupportedPatternError('Back-references are not supported.');
    if (character === 'b' || character === 'B') {
      this.index++;
      return { type: 'assertion', kind: character === 'b' ? 'word-boundary' : 'no-word-boundary' };
    }
    const escaped = this.escapedCharacter();
    return typeof escaped === 'number' ? single(escaped) : { type: 'set', ranges: escaped, negated: false };
  }

  private characterClass(): Pattern {
    const negated = this.take('^');
    const ranges: CodeRange[] = [];
    while (this.index < this.source.length && !this.take(']')) {
      const first = this.classMember();
      const isRange = this.source.charAt(this.index) === '-' && this.source.charAt(this.index + 1) !== ']';
      if (!isRange) {
        ranges.push(...(typeof first === 'number' ? [[first, first] as const] : first));
        continue;
      }
      this.index++;
      const last = this.classMember();
      if (typeof first === 'number' && typeof last === 'number') ranges.push([first, last]);
      else ranges.push([0x2d, 0x2d], ...asRanges(first), ...asRanges(last));
    }
    return { type: 'set', ranges, negated };
  }

  private classMember(): number | readonly CodeRange[] {
    const character = this.source.charAt(this.index++);
    if (character !== '\\') return character.charCodeAt(0);
    if (this.take('b')) return 8;
    return this.escapedCharacter();
  }

  private escapedCharacter(): number | readonly CodeRange[] {
    const character = this.source.charAt(this.index++);
    const rest = this.source.slice(this.index, this.index + 4);
    const hexDigits =
      character === 'x' ? /^[\da-fA-F]{2}/.exec(rest) : character === 'u' ? /^[\da-fA-F]{4}/.exec(rest) : null;
    if (hexDigits !== null) {
      this.index += hexDigits[0].length;
      return Number.parseInt(hexDigits[0], 16);
    }
    if (character === 'c' && /^[a-zA-Z]/.test(rest)) return this.source.charCodeAt(this.index++) % 32;
    if (character === '0') return 0;
    return CLASS_ESCAPES[character] ?? CONTROL_ESCAPES[character] ?? character.charCodeAt(0);
  }

  private take(character: string): boolean {
    if (this.source.charAt(this.index) !== character) return false;
    this.index++;
    return true;
  }
}

function single(code: number): Pattern {
  return { type: 'set', ranges: [[code, code]], negated: false };
}

function asRanges(member: number | readonly CodeRange[]): readonly CodeRange[] {
  return typeof member === 'number' ? [[member, member]] : member;
}

function boundsOf(quantifier: string): [number, number] {
  switch (quantifier) {
    case '*':
      return [0, Infinity];
    case '+':
      return [1, Infinity];
    case '?':
      return [0, 1];
    default: {
      const [min = '', max] = quantifier.slice(1, -1).split(',');
      return [Number(min), max === undefined ? Number(min) : max === '' ? Infinity : Number(max)];
    }
  }
}
