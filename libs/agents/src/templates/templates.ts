import { ADD_UP_EXPENSES } from './add-up-expenses.js';
import type { AgentTemplate } from './agent-template.js';
import { ANSWER_FROM_TEXT } from './answer-from-text.js';
import { ANSWER_WITH_TOOLS } from './answer-with-tools.js';
import { APPROVE_A_REFUND } from './approve-a-refund.js';
import { EXTRACT_INVOICE } from './extract-invoice.js';
import { RATE_REVIEW } from './rate-review.js';
import { SUMMARISE_TEXT } from './summarise-text.js';
import { TRIAGE_SUPPORT_TICKET } from './triage-support-ticket.js';

/** The gallery, in the order in which it is shown. */
export const TEMPLATES: readonly AgentTemplate[] = [
  SUMMARISE_TEXT,
  TRIAGE_SUPPORT_TICKET,
  EXTRACT_INVOICE,
  ANSWER_FROM_TEXT,
  RATE_REVIEW,
  ANSWER_WITH_TOOLS,
  ADD_UP_EXPENSES,
  APPROVE_A_REFUND,
];
