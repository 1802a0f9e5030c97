import { findAll, type Found, withoutOverlaps } from './found.js';

export interface PersonName {
  readonly name: string;
  /** Who it is in a letter: its author, whom it is written to, or somebody spoken of. */
  readonly role: 'author' | 'addressee' | 'mentioned';
}

const PART = "\\p{Lu}[\\p{L}'’]{1,30}(?:-\\p{Lu}[\\p{L}'’]{1,30})?";
const NAME = `${PART}(?:[ \\t]{1,2}(?:van|von|de|der|den|la|le|bin|al|zu|\\p{Lu}\\.|${PART})){0,3}`;
const TITLE = '(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herrn?|Frau|Sir|Madam)\\.?[ \\t]{1,2}){1,2}';
const AUTHOR = [
  new RegExp(
    `(?:[Mm]y name is|[Mm]y name's|I am|I'm|[Tt]his is|[Mm]ein Name ist|[Ii]ch bin|[Ii]ch heiße)[ \\t]{1,2}(${NAME})`,
    'gu',
  ),
  new RegExp(
    `(?:[Rr]egards|[Ss]incerely|[Cc]heers|[Tt]hanks(?: in advance)?|[Tt]hank you|[Bb]est(?: wishes)?|[Yy]ours|[Gg]rüßen|[Gg]rüße|[Gg]ruß|LG|VG|MfG|Danke)(?:[,.!]?[ \\t]{0,4}\\n\\s{0,8}|,[ \\t])(${NAME})`,
    'gu',
  ),
  new RegExp(
    `^[ \\t]{0,4}(?:[Ff]rom|[Ss]ender|[Aa]uthor|[Vv]on|[Aa]bsender|[Nn]ame|[Cc]ustomer|[Cc]lient|[Kk]unde|[Kk]undin|[Cc]ontact)(?: [Nn]ame)?:[ \\t]{0,4}["']?(?:${TITLE})?(${NAME})`,
    'gmu',
  ),
  new RegExp(`(?:^|\\s)[Bb]y[ \\t](${PART}[ \\t]${PART})`, 'gu'),
];
const ADDRESSEE = [
  new RegExp(
    `(?:^|\\n)[ \\t]{0,4}(?:[Dd]ear|[Hh]i|[Hh]ello|[Hh]ey|[Hh]allo|[Ll]iebe[rs]?|[Ss]ehr geehrte[rs]?)[ \\t]{1,2}(?:${TITLE})?(${NAME})`,
    'gu',
  ),
  new RegExp(`^[ \\t]{0,4}(?:[Tt]o|[Aa]n|[Rr]ecipient|[Ee]mpfänger):[ \\t]{0,4}["']?(?:${TITLE})?(${NAME})`, 'gmu'),
];
const TITLED = new RegExp(`(?<!\\p{L})${TITLE}(${NAME})`, 'gu');
const PAIR = new RegExp(`(?<=[\\p{Ll},;][ \\t])(${PART}[ \\t]${PART})(?![\\p{L}])`, 'gu');
const ORGANISATION =
  /(?<!\p{L})((?:\p{Lu}[\p{L}\p{N}&'.-]{0,30}[ \t]{1,2}(?:(?:&|of|der|für)[ \t])?){1,5}(?:Inc|Ltd|LLC|LLP|Corp|Corporation|GmbH|AG|KG|OHG|SE|UG|PLC|plc|BV|B\.V\.|S\.A\.|SARL|Limited|Group|Bank|University|Universität|Foundation|Stiftung|e\.V\.|Labs|Systems|Solutions|Technologies)\b\.?)/gu;
const NOT_A_NAME =
  /^(?:The|This|That|Please|Thank|Thanks|Best|Dear|Hello|Team|Support|Sir|Madam|Customer|There|All|Everyone|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Damen|Herren|Invoice|Order|New|Service|Your|Our|Writing|Accounts|Accounting|Billing|Sales|Info|Office|Service|Company|Firma|Very|Not|Sorry|Kind|Viele|Mit)\b/u;

/** People, found by what stands around their names: greetings, signatures, titles, "my name is". */
export function findNames(text: string): Found<PersonName>[] {
  const collect = (expressions: readonly RegExp[], role: PersonName['role']): Found<PersonName>[] =>
    expressions.flatMap((expression) =>
      findAll(text, expression, (match) => {
        const name = match[1]!.trim();
        return NOT_A_NAME.test(name) ? undefined : { name, role };
      }),
    );
  const certain = [...collect(AUTHOR, 'author'), ...collect(ADDRESSEE, 'addressee')];
  const known = withoutOverlaps([...certain, ...collect([TITLED], 'mentioned')]);
  if (known.length === 0) return withoutOverlaps(collect([PAIR], 'mentioned'));
  // Full names tell more than first names; the sort keeps the order of equals.
  const isFull = (found: Found<PersonName>): number => Number(found.value.name.includes(' '));
  return known.sort((one, other) => isFull(other) - isFull(one));
}

/** Companies and institutions, found by what their names end in. */
export function findOrganisations(text: string): Found<string>[] {
  return findAll(text, ORGANISATION, (match) => match[1]!.trim());
}
