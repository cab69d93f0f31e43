import type { Calendar } from "../calendar.ts";
import type { AutomationId } from "../company.ts";
import type { Life } from "../life.ts";
import { csvRow, type RowFile } from "../sink.ts";
import type { OpenFile } from "../world.ts";

/** Columns of the own templates that the company fills; named as the ledger's columns. */
const headers = {
  events: "occurred_at,kind,email,anonymous_id,goal,page",
  assignments: "assigned_at,experiment,arm,email,exposed_at",
  surveys: "answered_at,kind,score,scale,email,survey",
  costs: "from_day,to_day,kind,amount,currency,channel,campaign,tool,automation,note",
  tasks:
    "task,from_day,to_day,volume,failures,manual_minutes,automated_minutes,hourly_cost,currency,automation,evidence",
  placements: "tested_on,provider,campaign,inbox,spam,missing",
  followers: "counted_on,channel,kind,count",
  rates: "day,currency,base,rate",
  automations: "automation,name,tool,went_live_at",
} as const;

/** The name of a template file. */
type TemplateName = keyof typeof headers;

/** Writes the company's own files. */
export interface TemplateWriter {
  readonly row: (
    table: TemplateName,
    values: Readonly<Record<string, string>>,
    outcome?: "taken" | "repeated" | "rejected",
  ) => { file: string; row: number };
  readonly signUp: (life: Life, at: number) => void;
  readonly call: (email: string, at: number) => void;
  readonly assignment: (life: Life, id: AutomationId, arm: string, at: number) => void;
  readonly survey: (life: Life, kind: "csat" | "nps", score: number, at: number) => void;
}

/**
 * Returns the writer of the company's own files.
 *
 * @param open opens a file of the run
 */
export function makeTemplateWriter(calendar: Calendar, open: OpenFile): TemplateWriter {
  const files = new Map<string, { file: RowFile; format: ReturnType<typeof csvRow> }>();
  for (const [name, header] of Object.entries(headers)) {
    files.set(name, { file: open(`own/${name}.csv`, `${header}\n`), format: csvRow(header) });
  }
  const row: TemplateWriter["row"] = (table, values, outcome = "taken") => {
    const target = files.get(table);
    if (!target) throw new Error(`no file for ${table}`);
    return { file: target.file.name, row: target.file.add(target.format(values), outcome) };
  };
  const instant = (at: number): string => `${calendar.utc(at).replace(" ", "T")}Z`;
  return {
    row,
    signUp: (life, at) => {
      const { person } = life;
      row("events", {
        occurred_at: instant(at),
        kind: "form_submitted",
        email: person.email,
        anonymous_id: person.browserId,
        goal: person.account ? "wholesale" : "newsletter",
        page: person.account ? "/pages/wholesale" : "/",
      });
    },
    call: (email, at) => {
      row("events", { occurred_at: instant(at), kind: "call", email });
    },
    assignment: (life, id, arm, at) => {
      row("assignments", {
        assigned_at: instant(at),
        experiment: id,
        arm,
        email: life.email,
        exposed_at: arm === "treatment" ? instant(at + 60) : "",
      });
    },
    survey: (life, kind, score, at) => {
      row("surveys", {
        answered_at: instant(at),
        kind,
        score: String(score),
        scale: kind === "csat" ? "5" : "10",
        email: life.email,
        survey: kind === "csat" ? "After delivery" : "Relationship",
      });
    },
  };
}
