import { Fragment, type ReactNode } from "react";
import type { AppText } from "../../locales/app-texts.ts";
import { useTexts } from "./texts.tsx";

/**
 * Says a text whose parameters may be elements, such as a figure that can be clicked inside a sentence.
 *
 * @param props the text and its parameters
 */
export function Phrase({
  text,
  with: params,
}: {
  readonly text: AppText;
  readonly with: Readonly<Record<string, ReactNode>>;
}) {
  const { pieces } = useTexts();
  const parts = pieces<ReactNode>(text, params as Record<string, string>);
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence have no other identity
    <Fragment key={index}>{part}</Fragment>
  ));
}
