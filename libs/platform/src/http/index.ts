/** What every HTTP door shares: request ids, problem+json, input checking, keyset pages. */
export { ApiProblems } from './api-problems.decorator.js';
export { configureHttp, ROOT_PATHS } from './configure-http.js';
export { type Cursor, CursorCodec, type Page } from './cursor.js';
export { HttpPlatformModule } from './http-platform.module.js';
export { PageQuery } from './page-query.dto.js';
export { ProblemFilter } from './problem.filter.js';
