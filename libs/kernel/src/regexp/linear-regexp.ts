import { CharacterSet, LINE_ENDS, WORD_CHARACTERS } from './character-set.js';
import { parsePattern } from './parse-pattern.js';
import type { Assertion } from './pattern.js';
import { compilePattern, type Instruction } from './pattern-program.js';

/** Work of one object over all its calls, in thread steps: some tens of milliseconds. */
const MAX_STEPS = 3_000_000;

interface CompiledRegExp {
  readonly program: readonly Instruction[];
  readonly slotCount: number;
}

/** Programs by the literal they come from; JSONata makes a new matcher for each evaluation of one literal. */
const compiled = new WeakMap<RegExp, CompiledRegExp>();

/**
 * A regular expression whose matching time grows linearly with the text, so that no pattern can hang the process.
 * Follows all possible threads at once (Thompson, Pike) instead of trying one after the other, and gives what
 * JavaScript's `RegExp` gives, except that look-around and back-references do not exist and that a repeated group which
 * can match nothing (`(a?|b)?`) may prefer another of the possible matches. Flags: `g`, `i`, `m`.
 */
export class LinearRegExp {
  /** Where the next `exec` starts; afterwards the end of what it found, or 0. */
  lastIndex = 0;
  private readonly text: string;
  private readonly program: readonly Instruction[];
  private readonly slotCount: number;
  private readonly multiline: boolean;
  private readonly visitedAt: Uint32Array;
  private round = 0;
  private steps = 0;

  /**
   * @throws SyntaxError when it is no regular expression
   * @throws UnsupportedPatternError
   */
  constructor(pattern: RegExp | string, flags = '') {
    const native = typeof pattern === 'string' ? new RegExp(pattern, flags.replaceAll(/[^gim]/g, '')) : pattern;
    this.text = String(native);
    let known = compiled.get(native);
    if (known === undefined) {
      const { pattern: tree, groupCount } = parsePattern(native.source);
      known = { program: compilePattern(tree, native.ignoreCase), slotCount: groupCount * 2 + 2 };
      compiled.set(native, known);
    }
    this.program = known.program;
    this.slotCount = known.slotCount;
    this.multiline = native.multiline;
    this.visitedAt = new Uint32Array(this.program.length);
  }

  /** As a literal. Ajv takes expressions of the same text for the same, so texts must tell them apart. */
  toString(): string {
    return this.text;
  }

  test(text: string): boolean {
    this.lastIndex = 0;
    this.steps = 0;
    return this.exec(text) !== null;
  }

  /** @throws RangeError when the text is too much work for the pattern */
  exec(text: string): RegExpExecArray | null {
    const slots = this.find(text, this.lastIndex);
    if (slots === undefined) {
      this.lastIndex = 0;
      return null;
    }
    this.lastIndex = slots[1] as number;
    const groups: (string | undefined)[] = [];
    for (let slot = 0; slot < this.slotCount; slot += 2) {
      const [from, to] = [slots[slot], slots[slot + 1]];
      groups.push(from === undefined || to === undefined ? undefined : text.slice(from, to));
    }
    return Object.assign(groups as [string], { index: slots[0] as number, input: text });
  }

  private find(text: string, start: number): Slots | undefined {
    let threads: Thread[] = [];
    let found: Slots | undefined;
    this.round++;
    for (let index = start; index <= text.length; index++) {
      if (found === undefined) this.follow(threads, 0, [index], text, index);
      this.round++;
      const following: Thread[] = [];
      for (const { at, slots } of threads) {
        const instruction = this.program[at] as Instruction;
        if (instruction.op === 'match') {
          found = withSlot(slots, 1, index);
          break;
        }
        if (instruction.op === 'character' && index < text.length && instruction.set.has(text.charCodeAt(index))) {
          this.follow(following, at + 1, slots, text, index + 1);
        }
      }
      threads = following;
      if (found !== undefined && threads.length === 0) break;
    }
    return found;
  }

  /** Adds the instructions that read, reached from here without reading; preferred ones first, each once per character. */
  private follow(threads: Thread[], start: number, startSlots: Slots, text: string, index: number): void {
    const open: Thread[] = [{ at: start, slots: startSlots }];
    for (let thread = open.pop(); thread !== undefined; thread = open.pop()) {
      const { at, slots } = thread;
      if (this.visitedAt[at] === this.round) continue;
      this.visitedAt[at] = this.round;
      if (++this.steps > MAX_STEPS) throw tooMuchWork();
      const instruction = this.program[at] as Instruction;
      switch (instruction.op) {
        case 'jump':
          open.push({ at: instruction.targetAt, slots });
          break;
        case 'split':
          open.push({ at: instruction.secondAt, slots }, { at: instruction.firstAt, slots });
          break;
        case 'save':
          open.push({ at: at + 1, slots: withSlot(slots, instruction.slot, index) });
          break;
        case 'forget':
          open.push({
            at: at + 1,
            slots: slots.map((value, slot) =>
              slot >= instruction.fromSlot && slot < instruction.toSlot ? undefined : value,
            ),
          });
          break;
        case 'assert':
          if (holds(instruction.kind, text, index, this.multiline)) open.push({ at: at + 1, slots });
          break;
        default:
          threads.push(thread);
      }
    }
  }
}

type Slots = (number | undefined)[];

interface Thread {
  readonly at: number;
  readonly slots: Slots;
}

function withSlot(slots: Slots, slot: number, value: number): Slots {
  const copy = slots.slice();
  copy[slot] = value;
  return copy;
}

/** In the shape of JSONata's own errors, because it is in JSONata's evaluation that this appears. */
function tooMuchWork(): Error {
  const error = new RangeError('The text is too much work for this regular expression');
  return Object.assign(error, { code: 'AF0003' });
}

const WORDS = new CharacterSet(WORD_CHARACTERS, false, false);
const ENDS = new CharacterSet(LINE_ENDS, false, false);

function holds(kind: Assertion, text: string, index: number, multiline: boolean): boolean {
  switch (kind) {
    case 'start':
      return index === 0 || (multiline && ENDS.has(text.charCodeAt(index - 1)));
    case 'end':
      return index === text.length || (multiline && ENDS.has(text.charCodeAt(index)));
    default: {
      const before = index > 0 && WORDS.has(text.charCodeAt(index - 1));
      const after = index < text.length && WORDS.has(text.charCodeAt(index));
      return (before !== after) === (kind === 'word-boundary');
    }
  }
}
