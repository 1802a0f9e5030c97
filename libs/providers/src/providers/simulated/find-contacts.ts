import { findAll, type Found } from './found.js';

// Every quantifier is bounded: these run over whole documents, and nobody promises that documents mean well.
const EMAIL = /(?<![\w.+-])[\w.+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,5}\p{L}{2,24}/gu;
const URL_LIKE = /\b(?:https?:\/\/|www\.)[^\s<>"'“”)\]]{2,500}/giu;
const PHONE = /(?<![\w./+-])(?:\+|00|\()?\d[\d ()/.-]{5,20}\d(?![\w/-])/gu;
const IBAN = /(?<![\p{L}\p{N}])\p{Lu}{2}\d{2}(?: ?[\p{Lu}\d]{4}){2,7}(?: ?[\p{Lu}\d]{1,3})?(?![\p{L}\p{N}])/gu;
const PHONE_CUE =
  /(?:phone|tel|telefon|telephone|mobile|mobil|cell|handy|fax|call|reach|number|nummer|durchwahl|whatsapp)[^\n]{0,25}$/iu;

/** Bank account numbers, with or without spaces. */
export function findIbans(text: string): Found<string>[] {
  return findAll(text, IBAN, (match) => match[0].trim());
}

export function findEmails(text: string): Found<string>[] {
  return findAll(text, EMAIL, (match) => match[0]);
}

export function findUrls(text: string): Found<string>[] {
  return findAll(text, URL_LIKE, (match) => {
    const url = match[0].replace(/[.,;:!?]+$/, '');
    return url.startsWith('www.') ? `https://${url}` : url;
  });
}

/** Numbers written as telephone numbers are; bare digits only after a word such as "phone". */
export function findPhones(text: string): Found<string>[] {
  return findAll(text, PHONE, (match) => {
    const digits = match[0].replace(/\D/g, '');
    if (digits.length < 7 || digits.length > 15 || /^\d{4}-\d{2}-\d{2}|^\d{1,2}[./]\d{1,2}[./]\d{2,4}/.test(match[0]))
      return undefined;
    const isMarked =
      /^[+(]|^00/.test(match[0]) || PHONE_CUE.test(text.slice(Math.max(0, match.index - 50), match.index));
    return isMarked || /^0?\d{2,5}[ /-]\d{3,}[ -]?\d{2,}/.test(match[0]) ? match[0].trim() : undefined;
  });
}
