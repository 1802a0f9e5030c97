/** The way out for calls with an organisation's own key: base URLs that people wrote are not trusted. */
export const OWN_PROVIDER_FETCH = Symbol('own-provider-fetch');

export type ProviderFetch = typeof globalThis.fetch;
