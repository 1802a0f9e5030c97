import { CueText } from './cue-text.js';
import { type Amount, findAmounts, findNumbers, findPercentages } from './find-amounts.js';
import { findEmails, findIbans, findPhones, findUrls } from './find-contacts.js';
import { findDates, findTimes } from './find-dates.js';
import { findIdentifiers, findLabelled, type LabelledValue } from './find-labelled.js';
import { findNames, findOrganisations, type PersonName } from './find-names.js';
import type { Found } from './found.js';
import { messageOf } from './message-of.js';
import type { Row } from './row.js';
import type { Label } from './classify.js';

/** A text to extract from. Each kind of thing is looked for once, and only when a field asks for it. */
export class Material {
  private readonly cache = new Map<string, unknown>();
  private body: string | undefined;

  constructor(
    readonly text: string,
    /** Labels that the instruction explains, which tells more about an enum than its bare values. */
    readonly labels: readonly Label[] = [],
    /** Set when the text is one line of a list. */
    readonly row?: Row,
  ) {}

  /** The text without greeting and signature, for whatever asks what it says. */
  get message(): string {
    return (this.body ??= messageOf(this.text));
  }

  get cueText(): CueText {
    return this.once('cueText', () => new CueText(this.text));
  }
  get lower(): string {
    return this.once('lower', () => this.text.toLowerCase());
  }
  get emails(): Found<string>[] {
    return this.once('emails', () => findEmails(this.text));
  }
  get urls(): Found<string>[] {
    return this.once('urls', () => findUrls(this.text));
  }
  get phones(): Found<string>[] {
    return this.once('phones', () => findPhones(this.text));
  }
  get ibans(): Found<string>[] {
    return this.once('ibans', () => findIbans(this.text));
  }
  get dates(): Found<string>[] {
    return this.once('dates', () => findDates(this.text));
  }
  get times(): Found<string>[] {
    return this.once('times', () => findTimes(this.text));
  }
  get amounts(): Found<Amount>[] {
    return this.once('amounts', () => findAmounts(this.text));
  }
  get numbers(): Found<number>[] {
    return this.once('numbers', () => findNumbers(this.text));
  }
  get percentages(): Found<number>[] {
    return this.once('percentages', () => findPercentages(this.text));
  }
  get identifiers(): Found<string>[] {
    return this.once('identifiers', () => findIdentifiers(this.text));
  }
  get labelled(): Found<LabelledValue>[] {
    return this.once('labelled', () => findLabelled(this.text));
  }
  get names(): Found<PersonName>[] {
    return this.once('names', () => findNames(this.text));
  }
  get organisations(): Found<string>[] {
    return this.once('organisations', () => findOrganisations(this.text));
  }

  private once<T>(name: string, find: () => T): T {
    if (!this.cache.has(name)) this.cache.set(name, find());
    return this.cache.get(name) as T;
  }
}
