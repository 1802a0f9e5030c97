/**
 * How deeply `??` and `?:` are nested on their left sides, as in `((a ?? b) ?? c) ?? d`. JSONata's parser clones the
 * left side of each, so its work doubles with every level: thirty levels, which fit in a short line, would never end.
 * Reads the text with the same rules as JSONata's tokenizer, so that brackets inside strings, names, comments and
 * regular expressions do not count.
 */
export function nestedDefaults(source: string): number {
  const groups: Group[] = [{ own: 0, closed: 0 }];
  let afterOperand = false;
  for (let index = 0; index < source.length;) {
    const group = groups[groups.length - 1] as Group;
    const character = source.charAt(index);
    const pair = source.slice(index, index + 2);
    if (' \t\n\r\v'.includes(character)) {
      index++;
    } else if (pair === '/*') {
      index = endOf(source, '*/', index + 2);
    } else if (character === '"' || character === "'") {
      index = endOfString(source, index);
      afterOperand = true;
    } else if (character === '`') {
      index = endOf(source, '`', index + 1);
      afterOperand = true;
    } else if (character === '/' && !afterOperand) {
      index = endOfRegex(source, index);
      afterOperand = true;
    } else if (pair === '??' || pair === '?:') {
      group.own = Math.max(group.own, group.closed + 1);
      index += 2;
      afterOperand = false;
    } else if ('([{'.includes(character)) {
      groups.push({ own: 0, closed: 0 });
      index++;
      afterOperand = false;
    } else if (')]}'.includes(character)) {
      const inner = groups.length > 1 ? groups.pop() : undefined;
      const outer = groups[groups.length - 1] as Group;
      if (inner !== undefined) outer.closed = Math.max(outer.closed, inner.own, inner.closed);
      index++;
      afterOperand = true;
    } else if ((character === '*' || character === '%') && !afterOperand) {
      index += pair === '**' ? 2 : 1;
      afterOperand = true;
    } else if (OPERATORS.includes(character)) {
      index++;
      afterOperand = false;
    } else {
      const word = WORD.exec(source.slice(index, index + 256))?.[0] ?? character;
      index += word.length;
      afterOperand = !(afterOperand && (word === 'and' || word === 'or' || word === 'in'));
    }
  }
  return Math.max(...groups.map((group) => Math.max(group.own, group.closed)));
}

interface Group {
  /** Deepest default whose operator stands in this group. */
  own: number;
  /** Deepest default in the groups that have been closed inside this one. */
  closed: number;
}

const OPERATORS = '.,@#;:?+-*/%|=<>^&!~';
const WORD = /^[^ \t\n\r\v.[\]{}(),@#;:?+\-*/%|=<>^&!~]+/;

function endOf(source: string, closing: string, from: number): number {
  const at = source.indexOf(closing, from);
  return at < 0 ? source.length : at + closing.length;
}

function endOfString(source: string, start: number): number {
  const quote = source.charAt(start);
  let index = start + 1;
  while (index < source.length && source.charAt(index) !== quote) index += source.charAt(index) === '\\' ? 2 : 1;
  return index + 1;
}

function endOfRegex(source: string, start: number): number {
  let brackets = 0;
  for (let index = start + 1; index < source.length; index++) {
    const character = source.charAt(index);
    if (character === '/' && brackets === 0 && !isEscaped(source, index)) return index + 1;
    const escaped = source.charAt(index - 1) === '\\';
    if ('([{'.includes(character) && !escaped) brackets++;
    if (')]}'.includes(character) && !escaped) brackets--;
  }
  return source.length;
}

function isEscaped(source: string, index: number): boolean {
  let backslashes = 0;
  while (source.charAt(index - 1 - backslashes) === '\\') backslashes++;
  return backslashes % 2 === 1;
}
