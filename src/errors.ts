/** Every error that lastpenny raises on purpose; docs/errors.md has an entry for each (a test holds that). */
export const errorCodes = {
  settings_invalid: "lastpenny.yaml or another settings file does not parse",
  workspace_locked: "another process has the workspace open",
  workspace_newer: "the workspace was written by a newer version",
  file_unreadable: "a file cannot be opened or read",
  file_too_large: "a file or archive is beyond the safe limits",
  format_unknown: "the format of a file is not one that can be read",
  source_unknown: "no source has this id, or no source recognises this file",
  mapping_invalid: "a mapping file does not parse or names unknown columns",
  metric_unknown: "no metric has this id",
  metric_invalid: "an own metric's definition is wrong",
  formula_invalid: "a formula does not parse",
  question_invalid: "a question asks for something that cannot be answered",
  dimension_unknown: "a metric cannot be broken down or filtered by this dimension",
  filter_invalid: "a filter does not parse",
  rate_missing: "a currency rate is missing",
  cost_invalid: "a recurring cost entry is wrong",
  paths_invalid: "a list of paths for attribution is wrong",
  merge_invalid: "a merge or split names identities that do not exist",
  out_of_memory: "the engine ran out of memory",
  query_failed: "the engine refused a statement",
  query_interrupted: "a statement was stopped because it took too long",
  too_busy: "the server has more questions than it can take",
  request_invalid: "a request to the server is not what the API describes",
  request_refused: "a request came from another site, another host or without a right",
  sign_in_needed: "nobody is signed in, or the password is wrong",
  not_found: "nothing is at this address of the server",
  usage: "the command line was used wrongly",
} as const;

/** A code of the error table. */
export type ErrorCode = keyof typeof errorCodes;

/**
 * An error that a person can act on: what is wrong, where, and what to do.
 * Anything else that is thrown is a bug.
 */
export class LastpennyError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, string>>;

  /**
   * @param code entry of the error table
   * @param message lower case: what, colon, value, and what to do
   * @param details where: file, line, field, position, as text
   */
  constructor(
    code: ErrorCode,
    message: string,
    details: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "LastpennyError";
    this.code = code;
    this.details = details;
  }
}
