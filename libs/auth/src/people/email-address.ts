/** The form in which addresses are stored and compared: two spellings of one mailbox are one account. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}
