import { useQuery } from "@tanstack/react-query";
import { loadModelNames } from "../../text/model-names.ts";
import { useTexts } from "../../text/texts.tsx";

/**
 * Returns the name of an attribution model.
 *
 * @param model its id
 */
export function useModelName(model: string): string {
  const { locale } = useTexts();
  const names = useQuery({
    queryKey: ["model names", locale],
    queryFn: () => loadModelNames(locale),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return names.data?.[model]?.name ?? model;
}
