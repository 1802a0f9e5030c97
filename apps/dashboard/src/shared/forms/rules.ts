/** Rules for fields, in the words people see. The server checks all of it again. */
export const required = (what: string) => ({ required: `Enter ${what}.` });

export const emailRule = {
  required: 'Enter your e-mail address.',
  pattern: { value: /^[^@\s]+@[^@\s]+\.[^@\s]+$/, message: 'An e-mail address looks like name@example.com.' },
};

export const MIN_PASSWORD_LENGTH = 12;

export const newPasswordRule = {
  required: 'Choose a password.',
  minLength: {
    value: MIN_PASSWORD_LENGTH,
    message: `Use at least ${MIN_PASSWORD_LENGTH} characters; a few words are fine.`,
  },
};
