/** What people read about a metric, in one language. */
export interface MetricText {
  readonly name: string;
  /** One sentence with the denominator. */
  readonly meaning: string;
  /** What a low value usually means. */
  readonly low: string;
  /** What a high value usually means. */
  readonly high: string;
  /** What to do about it. */
  readonly act: string;
}

/** The words of a catalogue in one language; each of the locale files metrics.json has this shape. */
export interface CatalogueTexts {
  readonly metrics: Readonly<Record<string, MetricText>>;
  /** Names of measures that are not metrics as well. */
  readonly measures: Readonly<Record<string, string>>;
  /** What people call the data that lies in a derived table, by its name. */
  readonly facts: Readonly<Record<string, string>>;
  /** Names of variants by id, or by metric@variant where the id alone would mislead. */
  readonly variants: Readonly<Record<string, string>>;
  readonly families: Readonly<Record<string, string>>;
  readonly units: Readonly<Record<string, string>>;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly caveats: Readonly<Record<string, string>>;
  /** Names of rows that a measure leaves out, by code. */
  readonly leftOut: Readonly<Record<string, string>>;
  /** Words that formulas are written with: previous with {x}, min and max with {x} and {y}, days … */
  readonly formula: Readonly<Record<string, string>>;
}
