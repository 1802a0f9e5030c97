/**
 * Every route that asks for no credential, and why that is right. A route that is not listed here and lets a stranger in
 * fails the test; so does a line that is not true any more. A new line wants a second pair of eyes.
 */
export const publicRoutes: Readonly<Record<string, string>> = {
  'POST /api/v1/auth/signup': 'whoever signs up has no account yet; limited per network',
  'POST /api/v1/auth/login': 'signing in; limited per account and network',
  'POST /api/v1/auth/link': 'the one-time secret is the credential',
  'POST /api/v1/auth/refresh': 'the refresh cookie is the credential',
  'POST /api/v1/auth/password/forgot': 'whoever forgot a password cannot sign in; one answer for every address',
  'POST /api/v1/auth/password/reset': 'the mailed secret is the credential',
  'POST /api/v1/auth/verify-email': 'the mailed secret is the credential',
  'GET /api/v1/invitations/:token': 'the secret of the link is the credential; tells who invites whom',
  'POST /hooks/:token': 'the signature of the message is the credential; without one nothing is kept',
  'GET /health': 'probe; names no organisation',
  'GET /health/live': 'probe; names no organisation',
  'GET /health/ready': 'probe; names no organisation',
  'GET /health/status': 'probe; names no organisation',
  'GET /metrics': 'scrapers have no account; names no organisation; METRICS_TOKEN closes it',
  'GET /api/v1/openapi.json': 'the same for everybody; API_DOCS=false takes it away',
  'GET /api/docs': 'Swagger UI; API_DOCS=false takes it away',
  'GET /api/docs/': 'Swagger UI',
  'GET /api/docs/index.html': 'Swagger UI',
  'GET /api/docs/LICENSE': 'Swagger UI',
  'GET /api/docs/swagger-ui-init.js': 'Swagger UI',
  'GET /api/docs/docs/swagger-ui-init.js': 'Swagger UI',
  'GET /api/reference': 'ReDoc; API_DOCS=false takes it away',
  'GET /api/reference/redoc.js': 'ReDoc',
};
