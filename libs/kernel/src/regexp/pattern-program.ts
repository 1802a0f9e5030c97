import { CharacterSet } from './character-set.js';
import { UnsupportedPatternError, type Assertion, type Pattern } from './pattern.js';

/** One step of a matching thread. Numbers named `…At` are positions in the program. */
export type Instruction =
  | { readonly op: 'character'; readonly set: CharacterSet }
  /** Goes both ways; the first is preferred. */
  | { readonly op: 'split'; firstAt: number; secondAt: number }
  | { readonly op: 'jump'; targetAt: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'forget'; readonly fromSlot: number; readonly toSlot: number }
  | { readonly op: 'assert'; readonly kind: Assertion }
  | { readonly op: 'match' };

const MAX_INSTRUCTIONS = 4_000;

/** @throws UnsupportedPatternError when counted repetitions make the program too large */
export function compilePattern(pattern: Pattern, ignoreCase: boolean): readonly Instruction[] {
  const program: Instruction[] = [];
  const emit = <Kind extends Instruction>(instruction: Kind): Kind => {
    if (program.push(instruction) > MAX_INSTRUCTIONS) {
      throw new UnsupportedPatternError('Its counted repetitions are too large.');
    }
    return instruction;
  };

  const compile = (node: Pattern): void => {
    switch (node.type) {
      case 'empty':
        return;
      case 'set':
        emit({ op: 'character', set: new CharacterSet(node.ranges, node.negated, ignoreCase) });
        return;
      case 'assertion':
        emit({ op: 'assert', kind: node.kind });
        return;
      case 'group':
        emit({ op: 'save', slot: node.index * 2 });
        compile(node.body);
        emit({ op: 'save', slot: node.index * 2 + 1 });
        return;
      case 'sequence':
        node.parts.forEach(compile);
        return;
      case 'alternatives':
        compileAlternatives(node.options);
        return;
      case 'repeat':
        compileRepeat(node);
    }
  };

  const compileAlternatives = (options: readonly Pattern[]): void => {
    const exits: { targetAt: number }[] = [];
    options.forEach((option, index) => {
      const isLast = index === options.length - 1;
      const split = isLast ? undefined : emit({ op: 'split', firstAt: program.length + 1, secondAt: 0 });
      compile(option);
      if (split !== undefined) {
        exits.push(emit({ op: 'jump', targetAt: 0 }));
        split.secondAt = program.length;
      }
    });
    for (const exit of exits) exit.targetAt = program.length;
  };

  const compileRepeat = (node: Pattern & { type: 'repeat' }): void => {
    const round = (): void => {
      const [from, to] = node.groups;
      if (to > from) emit({ op: 'forget', fromSlot: from * 2, toSlot: to * 2 });
      compile(node.body);
    };
    const choice = (): { enter(at: number): void; leave(at: number): void } => {
      const split = emit({ op: 'split', firstAt: 0, secondAt: 0 });
      return {
        enter: (at) => void (node.lazy ? (split.secondAt = at) : (split.firstAt = at)),
        leave: (at) => void (node.lazy ? (split.firstAt = at) : (split.secondAt = at)),
      };
    };
    for (let count = 0; count < node.min; count++) round();
    if (node.max === Infinity) {
      const loopAt = program.length;
      const loop = choice();
      loop.enter(program.length);
      round();
      emit({ op: 'jump', targetAt: loopAt });
      loop.leave(program.length);
      return;
    }
    const choices = [];
    for (let count = node.min; count < node.max; count++) {
      const optional = choice();
      optional.enter(program.length);
      round();
      choices.push(optional);
    }
    for (const optional of choices) optional.leave(program.length);
  };

  compile(pattern);
  emit({ op: 'match' });
  return program;
}
