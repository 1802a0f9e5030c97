import type { EgressClient } from '#platform/egress';
import { databaseTools } from '../services/database/database-query.tool.js';
import { githubTools } from '../services/github/github-tools.js';
import { gmailTools } from '../services/gmail/gmail-tools.js';
import { jiraTools } from '../services/jira/jira-tools.js';
import { webSearchTools } from '../services/search/web-search.tool.js';
import { slackTools } from '../services/slack/slack-tools.js';
import { webhookTools } from '../services/webhook.tool.js';
import type { Tool } from '../tool.js';
import { CALCULATOR } from './calculator.tool.js';
import { DATETIME } from './datetime.tool.js';
import { httpRequestTool } from './http-request.tool.js';
import { JSON_TOOL } from './json.tool.js';
import { TEXT_TOOL } from './text.tool.js';

/** Every tool that AgentFlow brings along, in the order in which lists show them. */
export function builtInTools(
  egress: Pick<EgressClient, 'request' | 'fetchWith' | 'checkedAddresses'>,
): readonly Tool[] {
  return [
    CALCULATOR,
    DATETIME,
    JSON_TOOL,
    TEXT_TOOL,
    httpRequestTool(egress),
    ...webSearchTools(egress),
    ...webhookTools(egress),
    ...githubTools(egress),
    ...slackTools(egress),
    ...jiraTools(egress),
    ...gmailTools(egress),
    ...databaseTools(egress),
  ];
}
