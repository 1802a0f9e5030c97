import { StepError } from '#kernel';
import { addTime, FIXED_MS, type Unit, UNITS } from '../datetime/add-time.js';
import { isTimeZone, offsetAt } from '../datetime/zoned-time.js';
import { textArgument } from '../text-argument.js';
import type { Tool, ToolArguments } from '../tool.js';

/** What a date can hold. */
const LAST_MOMENT = 8.64e15;
const DAY_MS = 86_400_000;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const STYLES = ['full', 'long', 'medium', 'short'] as const;

export const DATETIME: Tool = {
  name: 'datetime',
  description:
    'Knows date and time: "now" tells the present moment; "add" adds "amount" of "unit" to "time"; "diff" tells how far "to" is from "time"; "format" writes "time" for people. All of them in a time zone such as Europe/Berlin.',
  inputSchema: {
    type: 'object',
    properties: {
      operation: { type: 'string', enum: ['now', 'add', 'diff', 'format'] },
      time: { type: 'string', maxLength: 40, description: 'RFC 3339, for example 2026-11-21T09:30:00Z or 2026-11-21.' },
      to: { type: 'string', maxLength: 40, description: 'For diff: the later moment.' },
      amount: { type: 'number', description: 'For add; negative goes back. Whole numbers for days and longer.' },
      unit: { type: 'string', enum: UNITS, description: 'For add and diff.' },
      timeZone: { type: 'string', maxLength: 60, description: 'For example Europe/Berlin; UTC when absent.' },
      locale: { type: 'string', maxLength: 35, description: 'For format: for example de-DE; en-GB when absent.' },
      style: { type: 'string', enum: STYLES, description: 'For format; long when absent.' },
    },
    required: ['operation'],
    additionalProperties: false,
  },
  effect: 'read',
  timeoutMs: 1_000,
  outputBytes: 2_000,
  run: (args) => {
    const timeZone = zoneOf(args);
    switch (args.operation) {
      case 'add':
        return shown(add(args, timeZone), timeZone);
      case 'diff':
        return difference(momentIn(args, 'time'), momentIn(args, 'to'), args.unit as Unit | undefined);
      case 'format':
        return { text: format(momentIn(args, 'time'), timeZone, args) };
      default:
        return shown(Date.now(), timeZone);
    }
  },
};

function add(args: ToolArguments, timeZone: string): number {
  const [moment, amount, unit] = [momentIn(args, 'time'), numberIn(args, 'amount'), unitOf(args)];
  try {
    return addTime(moment, amount, unit, timeZone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return NaN;
  }
}

function shown(moment: number, timeZone: string): unknown {
  if (!(Math.abs(moment) <= LAST_MOMENT)) throw refusal('the moment is further away than a calendar reaches');
  const offsetMs = offsetAt(moment, timeZone);
  const local = new Date(moment + offsetMs).toISOString().slice(0, -1);
  return {
    utc: new Date(moment).toISOString(),
    local: `${local}${offsetText(offsetMs)}`,
    timeZone,
    weekday: WEEKDAYS[new Date(moment + offsetMs).getUTCDay()],
    epochMs: moment,
  };
}

function offsetText(offsetMs: number): string {
  const minutes = Math.abs(Math.round(offsetMs / 60_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function difference(from: number, to: number, unit: Unit = 'days'): unknown {
  const ms = to - from;
  const unitMs = FIXED_MS.get(unit) ?? (unit === 'weeks' ? 7 * DAY_MS : DAY_MS);
  if (unit === 'months' || unit === 'years') throw refusal('a difference is counted in weeks or smaller units');
  return { amount: Number((ms / unitMs).toPrecision(15)), unit, milliseconds: ms };
}

function format(moment: number, timeZone: string, args: ToolArguments): string {
  const locale = textArgument(args, 'locale', 'en-GB');
  const size = textArgument(args, 'style', 'long') as (typeof STYLES)[number];
  try {
    return new Intl.DateTimeFormat(locale, { timeZone, dateStyle: size, timeStyle: size }).format(moment);
  } catch {
    throw refusal(`“${locale}” is no locale: write it like en-GB or de-DE`);
  }
}

function zoneOf(args: ToolArguments): string {
  const name = textArgument(args, 'timeZone', 'UTC');
  if (!isTimeZone(name)) throw refusal(`“${name}” is no time zone: write it like Europe/Berlin`);
  return name;
}

function momentIn(args: ToolArguments, name: string): number {
  const text = textArgument(args, name);
  if (text === '') throw refusal(`“${name}” is missing`);
  const isWritten = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/i.test(text);
  const moment = isWritten ? Date.parse(/Z$|[+-]\d{2}:\d{2}$|^.{10}$/i.test(text) ? text : `${text}Z`) : NaN;
  if (Number.isNaN(moment)) throw refusal(`“${text}” is no time: write it like 2026-11-21T09:30:00Z`);
  return moment;
}

function numberIn(args: ToolArguments, name: string): number {
  if (typeof args[name] !== 'number') throw refusal(`“${name}” is missing`);
  return args[name];
}

function unitOf({ unit }: ToolArguments): Unit {
  if (unit === undefined) throw refusal('“unit” is missing');
  return unit as Unit;
}

function refusal(reason: string): StepError {
  return new StepError({
    code: 'datetime.invalid',
    message: `This cannot be worked out: ${reason}.`,
    retryable: false,
  });
}
