import { unitsToText } from "../ledger/exact.ts";

/** What a campaign cost on a day; cost in millionths of EUR. */
export interface AdDay {
  readonly day: number;
  readonly campaign: string;
  readonly campaignId: string;
  readonly cost: bigint;
  readonly impressions: number;
  readonly clicks: number;
  /** Conversions that the platform claims, more than there are. */
  readonly conversions: number;
}

/** Formats euros with two decimals from millionths. */
export const euros = (micros: bigint): string => unitsToText(micros / 10_000n, 2);
