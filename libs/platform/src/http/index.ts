/** What every HTTP door shares: request ids, problem+json, input checking, keyset pages. */
export { ACCESS, type Access, Authenticated, Public } from './access.decorators.js';
export { ApiProblems } from './api-problems.decorator.js';
export { AsSent } from './as-sent.js';
export { configureHttp, ROOT_PATHS } from './configure-http.js';
export { type Cursor, CursorCodec, type Page } from './cursor.js';
export { EntityTagInterceptor } from './entity-tag.interceptor.js';
export { HttpPlatformModule } from './http-platform.module.js';
export { HttpMetricsMiddleware } from './http-metrics.middleware.js';
export { IF_MATCH_HEADER, IfMatch } from './if-match.js';
export { IsWebAddress, isWebAddress, MAX_WEB_ADDRESS_CHARACTERS } from './is-web-address.js';
export { listen } from './listen.js';
export { PageQuery } from './page-query.dto.js';
export { rawBodyOf } from './raw-body.js';
