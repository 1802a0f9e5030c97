import { randomBytes } from 'node:crypto';
import type { CredentialKind } from '../egress/credential-aims.js';

/** Signs that programs write differently when they repeat them. */
const AWKWARD = '"/+&<=\\';

/** A shorter piece of a secret says too little to be looked for: hints show four signs on purpose. */
const SHORTEST_PIECE = 12;

/** Secrets that nobody else in the world has, each in one place. */
export class PlantedSecrets {
  private readonly secrets = new Map<string, string>();

  /** @param place where it is kept, as findings call it @param plain only letters and digits are taken there */
  plant(place: string, plain = false): string {
    const secret = `planted${plain ? '' : AWKWARD}${randomBytes(18).toString('hex')}`;
    this.secrets.set(place, secret);
    return secret;
  }

  /** Already made by somebody else, with rules of its own. */
  keep(place: string, secret: string): string {
    this.secrets.set(place, secret);
    return secret;
  }

  /** Something unique in every secret field of a kind. */
  inFieldsOf({ kind, fields }: CredentialKind): Record<string, string> {
    const secret = fields.filter(({ type }) => type === 'secret');
    return Object.fromEntries(secret.map(({ name }) => [name, this.inField(`${kind}.${name}`, kind)]));
  }

  /** Whose secrets are in a text: plain, as JSON, addresses and pages write them, in base64 and in hexadecimal digits. */
  in(text: string): string[] {
    return [...this.secrets].flatMap(([place, secret]) =>
      formsOf(secret).some((form) => text.includes(form)) ? [place] : [],
    );
  }

  get places(): readonly string[] {
    return [...this.secrets.keys()];
  }

  private inField(place: string, kind: string): string {
    if (kind !== 'standard-webhooks') return this.plant(place);
    return this.keep(place, `whsec_${randomBytes(32).toString('base64')}`);
  }
}

function formsOf(secret: string): string[] {
  const unique = secret.replace(`planted${AWKWARD}`, '').replace('whsec_', '');
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    // Its random half is in every way of writing it that leaves letters and digits alone.
    unique,
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(unique).toString('hex'),
    unique.split('').reverse().join(''),
    ...base64Of(secret),
    ...base64Of(unique),
  ].filter(({ length }) => length >= SHORTEST_PIECE);
}

/** In base64 a text looks differently at each of three places; the ends depend on what surrounds it. */
function base64Of(text: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const inside = Buffer.from('x'.repeat(offset) + text)
      .toString('base64')
      .replace(/=+$/, '')
      .slice(offset === 0 ? 0 : 4, -2);
    return [inside, inside.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
