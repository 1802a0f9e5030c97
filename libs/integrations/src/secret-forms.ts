/**
 * The ways in which a service writes a text that it repeats: as it is, in JSON of the usual libraries and in JSON
 * inside of JSON, in addresses and forms, in HTML, in base64. Longer ones come from shorter ones; none is empty for a
 * text that is not.
 */
export function writtenForms(text: string): readonly string[] {
  const json = inJson(text);
  const url = encodeURIComponent(text);
  const base64 = Buffer.from(text).toString('base64').replace(/=+$/, '');
  return [
    text,
    ...json,
    ...json.flatMap(inJson),
    url,
    url.toLowerCase(),
    url.replaceAll('%20', '+'),
    inHtml(text),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
  ];
}

/** As most write it, with PHP's slashes, with Python's ASCII, and with Go's and Rails' care for HTML. */
function inJson(text: string): readonly string[] {
  const usual = JSON.stringify(text).slice(1, -1);
  const slashed = usual.replaceAll('/', '\\/');
  const careful = usual.replaceAll(/[<>&]/g, codePoint);
  return [
    usual,
    slashed,
    careful,
    ...[usual, slashed, careful].map((each) => each.replaceAll(/[\u007f-\uffff]/g, codePoint)),
  ];
}

function codePoint(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function inHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
