const GREETING =
  /^\s{0,10}(?:hi|hello|hey|dear|hallo|liebe[rs]?|sehr geehrte[rs]?|guten (?:tag|morgen|abend)|good (?:morning|afternoon|evening))\b[^\n,.!:]{0,60}[,.!:]\s{1,10}/iu;
const SIGN_OFF =
  /(?:^|\n|(?<=[.!?])[ \t])[ \t]{0,4}(?:(?:best|kind|warm|many)[ \t])?(?:regards|best wishes|sincerely|yours (?:sincerely|faithfully|truly)|cheers|thanks(?: in advance| a lot)?|thank you|best|mit freundlichen grüßen|(?:viele|beste|liebe|freundliche|herzliche) grüße|mfg|lg|danke(?: im voraus)?)[,.!]?[ \t]{0,4}(?:\n|,[ \t]\p{Lu}|$)/giu;
const HEADER = /^(?:from|to|cc|bcc|subject|date|sent|reply-to|von|an|betreff|datum|gesendet):[^\n]{0,500}(?:\n|$)/iu;
/** A signature comes late; an early "Thanks," is part of the text. */
const EARLIEST_SIGN_OFF = 0.3;

/** A letter without its header lines, its greeting and what follows its last good wishes. Other texts stay as they are. */
export function messageOf(text: string): string {
  let message = text.trim();
  while (HEADER.test(message)) message = message.replace(HEADER, '').trimStart();
  const greeted = message.replace(GREETING, '');
  if (greeted !== message) message = greeted.charAt(0).toUpperCase() + greeted.slice(1);
  const signOff = [...message.matchAll(SIGN_OFF)].find((match) => match.index > message.length * EARLIEST_SIGN_OFF);
  const rest = signOff ? message.slice(0, signOff.index) : message;
  return rest.trim() === '' ? text : rest.trim();
}
